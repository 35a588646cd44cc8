/** The portal's one style sheet, put together from the shared tokens so that all front ends stay alike. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

const builtMap = new URL('../dist/resident/place-map.js', import.meta.url)

export interface Asset {
  /** Address with a hash of the content, so that it may be kept for ever. */
  readonly href: string
  readonly body: string
  readonly type: string
}

function asset(name: string, body: string, type: string): Asset {
  return { href: `/assets/${name}?${createHash('sha256').update(body).digest('hex').slice(0, 10)}`, body, type }
}

/** The style sheet, the script, and the map where it has been built. Where nobody has chosen a theme, the tokens follow the device. */
export function portalAssets(): { readonly styles: Asset; readonly script: Asset; readonly icon: Asset; readonly map: Asset | undefined } {
  const tokens = read('../kit/style/tokens.css')
  const themed = (theme: string): string => {
    const found = new RegExp(`:root\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(tokens)?.[1]
    if (found === undefined) throw new Error(`web/kit/style/tokens.css has no theme ${theme}`)
    return `:root:not([data-theme]) {${found}}`
  }
  const followed = `@media (prefers-color-scheme: dark) {\n${themed('dark')}\n}\n@media (prefers-contrast: more) {\n${themed('contrast')}\n}\n`
  const styles = [tokens, followed, read('../kit/style/base.css'), read('./assets/portal.css')].join('\n')
  return {
    styles: asset('portal.css', styles, 'text/css; charset=utf-8'),
    script: asset('enhance.js', read('./assets/enhance.js'), 'text/javascript; charset=utf-8'),
    map: existsSync(builtMap) ? asset('place-map.js', readFileSync(builtMap, 'utf8'), 'text/javascript; charset=utf-8') : undefined,
    icon: asset('icon.svg', read('../kit/style/icon.svg'), 'image/svg+xml'),
  }
}
