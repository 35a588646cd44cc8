import { createHash } from 'node:crypto'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the checkout, without a trailing slash. */
export const checkout: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Where this checkout keeps its data: `HUYING_DATA`, or its usual place. */
export function dataHome(): string {
  const given = process.env['HUYING_DATA']
  return given ? resolve(given) : usualHome(checkout)
}

/**
 * `.huying` inside a checkout. For root a folder of its own below `/var/lib/huying`, because the server then runs under another
 * account, which cannot enter a checkout below root's home.
 */
export function usualHome(folder: string): string {
  if (process.getuid?.() !== 0) return join(folder, '.huying')
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 8)
  return `/var/lib/huying/${basename(folder).slice(0, 30)}-${mark}`
}
