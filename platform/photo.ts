import sharp, { type Sharp } from 'sharp'
import { refuse } from './refusals.ts'

/** Largest photograph taken, in bytes: what a telephone makes is 3 to 8 MB. */
export const photoBytes = 12 << 20
const LONGEST = 1600
const SMALL = 320
const MOST_BYTES = 400_000

/** A photograph ready to be kept: two WebP pictures without any data of the camera, upright. Pixels. */
export interface Photo {
  readonly full: Uint8Array
  readonly small: Uint8Array
  readonly width: number
  readonly height: number
}

/** Reads what a telephone sent. Place, time and camera in the file are dropped, because nobody was asked for them. Refuses what is no picture. */
export async function readPhoto(bytes: Uint8Array): Promise<Photo> {
  try {
    const picture = sharp(bytes, { failOn: 'error', limitInputPixels: 60_000_000 }).autoOrient()
    const full = await lightEnough(picture)
    const small = await within(picture.clone(), SMALL).toBuffer()
    return { full: full.data, small, width: full.info.width, height: full.info.height }
  } catch {
    throw refuse.notPhoto({}, 'photo')
  }
}

const within = (picture: Sharp, longest: number, quality = 78): Sharp =>
  picture.resize(longest, longest, { fit: 'inside', withoutEnlargement: true }).webp({ quality })

/** A picture full of leaves or gravel is heavy at any size; then its quality gives way, never its length. */
async function lightEnough(picture: Sharp) {
  let made = await within(picture.clone(), LONGEST).toBuffer({ resolveWithObject: true })
  for (const quality of [60, 45, 30, 15]) {
    if (made.data.length <= MOST_BYTES) break
    made = await within(picture.clone(), LONGEST, quality).toBuffer({ resolveWithObject: true })
  }
  return made
}
