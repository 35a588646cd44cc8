import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('../web/kit/style/tokens.css', import.meta.url), 'utf8')
const blockOf = (selector: string): Record<string, string> => {
  const body = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return Object.fromEntries([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/gi)].map(([, name = '', value = '']) => [name, value]))
}
const light = blockOf(':root')
const themes = {
  light,
  dark: { ...light, ...blockOf(":root[data-theme='dark']") },
  contrast: { ...light, ...blockOf(":root[data-theme='contrast']") },
}

/** WCAG 2.2 relative luminance of #rrggbb. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

/** Text tokens and the grounds that they stand on. */
const grounds = ['page', 'surface', 'raised', 'quiet', 'hover']
const pairs: readonly (readonly [text: string, ground: string])[] = [
  ...['text', 'soft', 'accent', 'accent-strong', 'ok', 'soon', 'over'].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['surface', 'over'],
  ['ok', 'ok-wash'],
  ['soon', 'soon-wash'],
  ['over', 'over-wash'],
  ['text', 'accent-wash'],
  ['accent-strong', 'accent-wash'],
]

test.each(Object.entries(themes))('text keeps 4.5:1 in the theme %s, and 7:1 where high contrast was asked for', (name, tokens) => {
  const least = name === 'contrast' ? 7 : 4.5
  const colour = (token: string): string => tokens[token] ?? ''
  const weak = pairs
    .map(([text, ground]) => ({ text, ground, ratio: contrast(colour(text), colour(ground)) }))
    .filter(({ ratio }) => !(ratio >= least))
  expect(weak).toEqual([])
})

test.each(Object.entries(themes))('borders of controls and the focus ring keep 3:1 in the theme %s', (_name, tokens) => {
  const colour = (token: string): string => tokens[token] ?? ''
  for (const line of ['edge', 'focus'])
    for (const ground of ['page', 'surface']) expect(contrast(colour(line), colour(ground)), `${line} on ${ground}`).toBeGreaterThanOrEqual(3)
})

test('the elder view has text of 18 pt and targets of 60 px', () => {
  const body = css.slice(css.indexOf(":root[data-size='elder']")).split('}')[0] ?? ''
  const number = (name: string): number => Number(new RegExp(`${name}: ([\\d.]+)`).exec(body)?.[1])
  const root = (16 * number('font-size')) / 100
  expect(root * Math.min(number('--type'), number('--type-small'))).toBeGreaterThanOrEqual(24)
  expect(root * number('--control')).toBeGreaterThanOrEqual(60)
  expect(number('--leading')).toBeGreaterThanOrEqual(1.3)
})
