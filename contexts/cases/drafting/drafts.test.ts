import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '#platform/database/database.ts'
import { testCity, type TestCity } from '../testing.ts'
import { DRAFT_MS, DRAFT_PHOTOS_AT_MOST, reportDrafts, type ReportDrafts } from './commands.ts'

let city: TestCity
let drafts: ReportDrafts

beforeAll(async () => {
  city = await testCity()
  drafts = reportDrafts(city.services)
})
afterAll(() => city.close())

const aPhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#7a6' } })
    .jpeg()
    .toBuffer()
const stored = async (): Promise<string> => {
  const { rows } =
    await sql`select d.*, p.full_box, p.small_box from cases.report_draft d left join cases.report_draft_photo p using (key_hash)`.execute(
      city.services.database.kysely,
    )
  return JSON.stringify(rows)
}

test('answers come back by their key alone, and nothing of them can be read in the database', async () => {
  const key = await drafts.save(undefined, { text: '路灯坏了', callerPhone: '13800001234' })
  expect(await drafts.read(key)).toEqual({ text: '路灯坏了', callerPhone: '13800001234' })
  expect(await drafts.save(key, { text: '两盏路灯坏了' })).toBe(key)
  expect(await drafts.read(key)).toEqual({ text: '两盏路灯坏了' })
  expect(await drafts.read('another')).toBeUndefined()
  const rows = await stored()
  for (const secret of [key, '路灯', '13800001234', Buffer.from('路灯').toString('base64').slice(0, 6)]) expect(rows).not.toContain(secret)
})

test('pictures are made small and wait with the draft, at most five', async () => {
  const key = await drafts.save(undefined, { text: '路灯坏了' })
  const bytes = await aPhoto()
  for (let n = 0; n < DRAFT_PHOTOS_AT_MOST; n += 1) await drafts.addPhoto(key, bytes)
  await expect(drafts.addPhoto(key, bytes)).rejects.toMatchObject({ code: 'cases.photosFull' })
  const [first] = await drafts.photos(key)
  expect(first?.address).toMatch(/^data:image\/webp;base64,/)
  await drafts.dropPhotos(key, first?.id)
  const kept = await drafts.photoBytes(key)
  expect(kept).toHaveLength(DRAFT_PHOTOS_AT_MOST - 1)
  expect((await sharp(kept[0]).metadata()).width).toBeLessThanOrEqual(1600)
})

test('a draft is gone when its hour is over, pictures and all, and a sweep leaves nothing of it', async () => {
  const key = await drafts.save(undefined, { text: '路灯坏了' })
  await drafts.addPhoto(key, await aPhoto())
  city.services.clock.advance({ seconds: DRAFT_MS / 1000 })
  expect(await drafts.read(key)).toBeUndefined()
  expect(await drafts.sweep()).toBeGreaterThan(0)
  const { rows } = await sql<{
    n: number
  }>`select (select count(*) from cases.report_draft)::int + (select count(*) from cases.report_draft_photo)::int as n`.execute(
    city.services.database.kysely,
  )
  expect(rows[0]?.n).toBe(0)
})
