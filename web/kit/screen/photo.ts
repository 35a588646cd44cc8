/** Pictures from a telephone made small enough for a weak network, before they leave the device. */

const LONGEST = 1600
const MOST_BYTES = 400_000

/**
 * The picture at most 1600 pixels long and 400 kB, as JPEG without anything that the camera wrote into it: place, time and device. Unchanged only
 * where the device cannot read it; the server then does the same.
 */
export async function smaller(file: File): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const drawn = (quality: number): Promise<Blob | null> => new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality))
    let made = await drawn(0.85)
    for (const quality of [0.7, 0.55, 0.4, 0.25]) if (made && made.size > MOST_BYTES) made = await drawn(quality)
    return made ?? file
  } catch {
    return file
  }
}
