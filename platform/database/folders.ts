import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the checkout, without a trailing slash. */
export const checkout: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Where things may lie that several checkouts use: copies of PostgreSQL's programs. Root's server runs under another account, which cannot be expected to enter the checkout. */
export function sharedFolder(): string {
  return process.getuid?.() === 0 ? '/var/lib/huying' : join(checkout, '.huying')
}

/** Where this checkout keeps its data: `HUYING_DATA`, or `.huying` inside it, or for root a folder of its own below `/var/lib/huying`. */
export function dataHome(): string {
  const given = process.env['HUYING_DATA']
  if (given) return given
  return process.getuid?.() === 0 ? join(sharedFolder(), createHash('sha256').update(checkout).digest('hex').slice(0, 8)) : sharedFolder()
}
