/** Reads the text out of a PDF that Chromium printed, by the maps that let anybody copy it: a page whose Chinese cannot be copied has none. */
import { inflateSync } from 'node:zlib'

export function readPdf(bytes: Buffer): { pages: number; text: string } {
  const objects = objectsOf(bytes)
  const fonts = new Map<string, ReadonlyMap<string, string>>()
  for (const { head } of objects.values())
    for (const [, name = '', id = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? '')?.[1]
      if (map) fonts.set(name, unicodeMap(objects.get(map)?.stream ?? ''))
    }
  const pages = [...objects.values()].filter(({ head }) => /\/Type\s*\/Page\b/.test(head))
  const contents = pages.flatMap(({ head }) => [...(/\/Contents (\[[^\]]*\]|\d+ 0 R)/.exec(head)?.[1] ?? '').matchAll(/(\d+) 0 R/g)])
  return { pages: pages.length, text: contents.map(([, id = '']) => shownText(objects.get(id)?.stream ?? '', fonts)).join('\n') }
}

interface PdfObject {
  readonly head: string
  readonly stream: string
}

function objectsOf(bytes: Buffer): Map<string, PdfObject> {
  const raw = bytes.toString('latin1')
  const found = new Map<string, PdfObject>()
  for (const match of raw.matchAll(/(?:^|\n)(\d+) 0 obj\s([\s\S]*?)\sendobj/g)) {
    const [, id = '', body = ''] = match
    const at = body.indexOf('stream\n')
    const head = at < 0 ? body : body.slice(0, at)
    const data = at < 0 ? Buffer.alloc(0) : Buffer.from(body.slice(at + 7, body.lastIndexOf('endstream')), 'latin1')
    found.set(id, { head, stream: head.includes('/FlateDecode') ? inflated(data) : data.toString('latin1') })
  }
  return found
}

function inflated(data: Buffer): string {
  try {
    return inflateSync(data, { finishFlush: 2 }).toString('latin1')
  } catch {
    return ''
  }
}

const fromHex = (hex: string): string => String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)))

function unicodeMap(cmap: string): Map<string, string> {
  const map = new Map<string, string>()
  const blocks = (kind: string): string =>
    [...cmap.matchAll(new RegExp(`begin${kind}([\\s\\S]*?)end${kind}`, 'g'))].map(([, block = '']) => block).join('\n')
  for (const [, code = '', text = ''] of blocks('bfchar').matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi)) map.set(code.toLowerCase(), fromHex(text))
  for (const [, from = '', to = '', text = ''] of blocks('bfrange').matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi)) {
    const [first, last, letter] = [from, to, text].map((hex) => Number.parseInt(hex, 16)) as [number, number, number]
    for (let n = first; n <= last; n += 1) map.set(n.toString(16).padStart(from.length, '0'), String.fromCodePoint(letter + n - first))
  }
  return map
}

function shownText(stream: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let map: ReadonlyMap<string, string> = new Map()
  let text = ''
  for (const [, font, hex] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>/gi)) {
    if (font !== undefined) map = fonts.get(font) ?? new Map()
    else {
      const digits = [...map.keys()][0]?.length ?? 4
      text += ((hex ?? '').match(new RegExp(`.{${digits}}`, 'g')) ?? []).map((code) => map.get(code.toLowerCase()) ?? '').join('')
    }
  }
  return text
}
