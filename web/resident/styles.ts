/** The portal's one style sheet, put together from the shared tokens so that all front ends stay alike. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

export interface Asset {
  /** Address with a hash of the content, so that it may be kept for ever. */
  readonly href: string
  readonly body: string
  readonly type: string
}

function asset(name: string, body: string, type: string): Asset {
  return { href: `/assets/${name}?${createHash('sha256').update(body).digest('hex').slice(0, 10)}`, body, type }
}

/** The style sheet and the script. Without a script nobody can choose a theme, so the dark tokens follow the device. */
export function portalAssets(): { readonly styles: Asset; readonly script: Asset; readonly icon: Asset } {
  const tokens = read('../kit/style/tokens.css')
  const dark = /:root\[data-theme='dark'\] \{([^}]*)\}/.exec(tokens)?.[1]
  if (dark === undefined) throw new Error('web/kit/style/tokens.css has no dark theme')
  const followed = `@media (prefers-color-scheme: dark) {\n:root {${dark}}\n}\n`
  const styles = [tokens, followed, read('../kit/style/base.css'), read('./assets/portal.css')].join('\n')
  return {
    styles: asset('portal.css', styles, 'text/css; charset=utf-8'),
    script: asset('enhance.js', read('./assets/enhance.js'), 'text/javascript; charset=utf-8'),
    icon: asset('icon.svg', read('../kit/style/icon.svg'), 'image/svg+xml'),
  }
}
