/** Pictures from a telephone made small enough for a weak network, before they leave the device. */

const LONGEST = 2048

/** The picture at most 2048 pixels long, as JPEG; unchanged where the device cannot read it or it is small already. */
export async function smaller(file: File): Promise<Blob> {
  if (file.size < 500_000) return file
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85))
    return made && made.size < file.size ? made : file
  } catch {
    return file
  }
}
