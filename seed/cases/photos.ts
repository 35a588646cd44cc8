import sharp from 'sharp'
import { addPhoto } from '#contexts/cases/index.ts'
import { publicActor } from '#kernel/actor.ts'
import type { Files } from '#platform/files.ts'
import { HOME, type Teller } from './teller.ts'

/** Pictures that are plainly drawn: a wall, the ground, and what lies on it, before and after. */
const drawn = {
  heap: [
    ['#8a6d4b', 150, 330, 190, 90],
    ['#a98556', 260, 300, 140, 120],
    ['#6f7f86', 380, 350, 120, 70],
  ],
  clear: [],
  fence: [
    ['#3f7d58', 90, 230, 60, 190],
    ['#3f7d58', 210, 250, 60, 170],
    ['#3f7d58', 400, 300, 180, 60],
  ],
  tree: [
    ['#5b4634', 310, 220, 30, 200],
    ['#4f8a4f', 220, 110, 210, 140],
  ],
} as const satisfies Record<string, readonly (readonly [string, number, number, number, number])[]>

const taken = [
  { of: 'extension asked', minutesAgo: 70 * 60, shows: 'fence', by: 'caller' },
  { of: 'extension asked', minutesAgo: 150, shows: 'clear', by: 'unit' },
  { of: 'suspension asked', minutesAgo: 47 * 60, shows: 'tree', by: 'caller' },
  { of: 'all the way', minutesAgo: 160, shows: 'heap', by: 'unit' },
  { of: 'grid calls', minutesAgo: 100, shows: 'heap', by: 'unit' },
] as const

/** Adds pictures of callers and of units to open cases. */
export async function livePhotos(teller: Teller, files: Files): Promise<void> {
  for (const [index, { of, minutesAgo, shows, by }] of taken.entries()) {
    const { id, districtCode } = teller.caseOf(of)
    const isCaller = by === 'caller'
    const actor = isCaller ? publicActor : teller.cast.inRole('dispatcher', HOME, 0)
    const doing = teller.doing(`photo ${index}`, minutesAgo, actor)
    await addPhoto({ ...teller.cases, files }, doing, { districtCode, caseId: id, bytes: await draw(shows), isCaller })
  }
}

function draw(shows: keyof typeof drawn): Promise<Buffer> {
  const things = drawn[shows].map(
    ([fill, x, y, width, height]) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${fill}"/>`,
  )
  const scene = '<rect width="640" height="480" fill="#d8dde3"/><rect y="380" width="640" height="100" fill="#9aa0a6"/>'
  return sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">${scene}${things.join('')}</svg>`))
    .png()
    .toBuffer()
}
