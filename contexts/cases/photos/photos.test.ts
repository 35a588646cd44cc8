import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicActor, type Actor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { historyOf } from '#platform/history.ts'
import { inTransaction } from '#platform/database/database.ts'
import { openFiles } from '#platform/files.ts'
import { testCity, testDistrict, type TestCity } from '../testing.ts'
import { addPhoto, PHOTOS_AT_MOST, type PhotoServices } from './commands.ts'
import { listPhotos, photoFile, smallPhotos } from './questions.ts'

let city: TestCity
let folder: string
let services: PhotoServices
beforeAll(async () => {
  city = await testCity()
  folder = await mkdtemp(join(tmpdir(), 'huying-photos-'))
  services = { ...city.services, files: openFiles(folder) }
})
afterAll(async () => {
  await city.close()
  await rm(folder, { recursive: true })
})

const aPicture = (red: number) =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: { r: red, g: 90, b: 90 } } })
    .jpeg()
    .toBuffer()
const add = (caseId: string, bytes: Uint8Array, actor: Actor | null, commandId = newId()) =>
  addPhoto(
    services,
    { ...city.services, actor: actor ?? publicActor, commandId, requestId: 'test' },
    { districtCode: testDistrict, caseId, bytes, isCaller: actor === null },
  )
const key = (id: string) => ({ districtCode: testDistrict, id })

test('the caller’s picture and the unit’s picture are kept apart, and each is seen by whoever may see the case', async () => {
  const { id } = await city.call()
  await add(id, await aPicture(1), null)
  await city.move(id, 'file', city.as('dispatcher'))
  await city.move(id, 'dispatch', city.as('dispatcher'))
  await add(id, await aPicture(2), city.as('street_handler'))
  const { items, mayAdd } = await listPhotos(services, city.as('dispatcher'), key(id))
  expect(items.map(({ origin, width, height }) => [origin, width, height])).toEqual([
    ['caller', 640, 480],
    ['unit', 640, 480],
  ])
  expect(mayAdd).toBe(true)
  const file = Buffer.concat(
    await (await photoFile(services, city.as('dispatcher'), { ...key(id), photoId: items[0]?.id ?? '', size: 'small' })).toArray(),
  )
  expect((await sharp(file).metadata()).width).toBe(320)
  expect((await smallPhotos(services, key(id))).map(({ origin }) => origin)).toEqual(['caller', 'unit'])
  // The roads department has no part in it.
  await expect(listPhotos(services, city.as('handler2'), key(id))).rejects.toMatchObject({ code: 'cases.notFound' })
  await expect(add(id, await aPicture(3), city.as('handler2'))).rejects.toMatchObject({ code: 'cases.notFound' })
  await expect(add(id, await aPicture(3), city.as('leader'))).rejects.toMatchObject({ code: 'cases.notYours' })
})

test('a repeat of the command, or of the picture, adds nothing; the event names the row and nothing of the picture', async () => {
  const { id } = await city.call()
  const [bytes, commandId] = [await aPicture(7), newId()]
  const first = await add(id, bytes, null, commandId)
  expect((await add(id, bytes, null, commandId)).id).toBe(first.id)
  expect((await add(id, bytes, null)).id).toBe(first.id)
  expect((await listPhotos(services, city.as('dispatcher'), key(id))).items.length).toBe(1)
  const events = await inTransaction(city.services.database, (tx) => historyOf(tx, testDistrict, id))
  const [added, ...others] = events.filter(({ type }) => type === 'case.photo_added')
  expect(others).toEqual([])
  expect(added?.data).toMatchObject({ photoId: first.id, origin: 'caller' })
  expect(JSON.stringify(added?.data)).not.toContain(first.fullHash)
})

test('a case takes so many pictures and no more, and none after it has ended', async () => {
  const { id } = await city.call()
  for (let n = 0; n < PHOTOS_AT_MOST; n += 1) await add(id, await aPicture(20 + n * 10), null)
  await expect(add(id, await aPicture(200), null)).rejects.toMatchObject({ code: 'cases.photosFull', field: 'photo' })
  await city.move(id, 'reject', city.as('dispatcher'), { reasonCode: 'not_our_matter' })
  await expect(add(id, await aPicture(201), null)).rejects.toMatchObject({ code: 'cases.photoTooLate' })
  expect((await listPhotos(services, city.as('dispatcher'), key(id))).mayAdd).toBe(false)
  expect((await readdir(folder)).length).toBeGreaterThan(0)
})
