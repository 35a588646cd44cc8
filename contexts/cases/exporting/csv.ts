/** A table as text that spreadsheets open: RFC 4180, with a byte order mark, because without one Excel reads Chinese as another encoding. */
export const byteOrderMark = '\uFEFF'

/** One line of cells. A text that a spreadsheet would run as a formula gets an apostrophe in front: what callers wrote is text. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

function cellOf(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
