import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { DistrictCode } from '#kernel/codes.ts'
import { openFiles } from './files.ts'
import { readPhoto } from './photo.ts'

const district = '990101' as DistrictCode
const aPicture = (width = 3000, height = 1500) => sharp({ create: { width, height, channels: 3, background: '#6a8' } })

test('a photograph keeps its picture, upright and at most 1600 pixels long, and loses where and when it was taken', async () => {
  // Orientation 6: the camera was held on its side.
  const taken = await aPicture()
    .withExif({ IFD0: { Make: 'Camera', Model: 'X' }, IFD3: { GPSLatitude: '31/1 14/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  expect((await sharp(taken).metadata()).exif).toBeDefined()
  const photo = await readPhoto(taken)
  expect([photo.width, photo.height]).toEqual([800, 1600])
  const kept = await sharp(photo.full).metadata()
  expect(kept).toMatchObject({ format: 'webp', width: 800, height: 1600 })
  expect(kept.exif ?? kept.iptc ?? kept.xmp ?? kept.orientation).toBeUndefined()
  expect((await sharp(photo.small).metadata()).height).toBe(320)
})

test('what is no picture, or is broken off, is refused with the field and the fix', async () => {
  const whole = await aPicture(800, 600).jpeg().toBuffer()
  for (const bytes of [Buffer.from('no picture'), whole.subarray(0, whole.length / 2), new Uint8Array()])
    await expect(readPhoto(bytes)).rejects.toMatchObject({ code: 'platform.notPhoto', field: 'photo' })
})

test('the same bytes are kept once and come back whole; other names than hashes open nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huying-files-'))
  try {
    const files = openFiles(folder)
    const bytes = await aPicture(40, 40).png().toBuffer()
    const hash = await files.put(district, bytes)
    expect(await files.put(district, bytes)).toBe(hash)
    expect((await readdir(join(folder, district), { recursive: true })).length).toBe(2)
    const back = await files.read(district, hash)?.toArray()
    expect(Buffer.concat(back as Buffer[]).equals(bytes)).toBe(true)
    expect(() => files.read('../..', hash)).toThrow('key')
    expect(() => files.read(district, '../../secret')).toThrow('key')
    await files.remove(district, hash)
    expect(files.read(district, hash)).toBeUndefined()
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a photograph of pure noise is kept under 400 kB all the same', async () => {
  const noise = await sharp(randomBytes(2400 * 1800 * 3), { raw: { width: 2400, height: 1800, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer()
  const photo = await readPhoto(noise)
  expect(photo.full.length).toBeLessThanOrEqual(400_000)
  expect(Math.max(photo.width, photo.height)).toBe(1600)
})
