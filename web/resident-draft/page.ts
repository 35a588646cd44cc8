import { createSSRApp, h, type VNodeChild } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { msOf, type Instant } from '#kernel/clock.ts'
import type { Language, Wording } from '#kernel/refusal.ts'
import { words, type Words } from './words.ts'

/** What every page knows about its reader. */
export interface Reader {
  readonly language: Language
  readonly elder: boolean
  /** True while the city is the invented one. */
  readonly sample: boolean
  /** Address of this page, to come back to after a switch. */
  readonly path: string
}

/** A field that must be put right, and the sentence beside it. */
export type FieldErrors = Readonly<Record<string, string>>

export const say = (reader: Reader): Words => words[reader.language]

/** A name in the reader's language; the Chinese one where nobody wrote another. */
export const named = (reader: Reader, name: Wording): string => (reader.language === 'en' ? (name.en ?? name.zh) : name.zh)

/** Renders a whole page as HTML. It works without JavaScript; `enhance.js` only adds the button for one's own position. */
export async function renderPage(reader: Reader, title: string, content: VNodeChild): Promise<string> {
  const text = say(reader)
  const app = createSSRApp({
    render: () =>
      h('html', { lang: reader.language === 'zh' ? 'zh-CN' : 'en', 'data-view': reader.elder ? 'elder' : 'plain' }, [
        h('head', [
          h('meta', { charset: 'utf-8' }),
          h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
          h('title', `${title} - ${text.product}`),
          h('link', { rel: 'stylesheet', href: '/portal/portal.css' }),
          h('link', { rel: 'icon', href: '/portal/icon.svg', type: 'image/svg+xml' }),
        ]),
        h('body', [
          h('a', { class: 'skip', href: '#main' }, text.skip),
          head(reader),
          reader.sample ? h('p', { class: 'sample', role: 'note' }, text.sample) : null,
          h('main', { id: 'main', tabindex: -1 }, [content]),
          h('footer', [h('p', text.helpLine)]),
          h('script', { src: '/portal/enhance.js', defer: true }),
        ]),
      ]),
  })
  return `<!doctype html>${await renderToString(app)}`
}

function head(reader: Reader): VNodeChild {
  const text = say(reader)
  const other: Language = reader.language === 'zh' ? 'en' : 'zh'
  const switchTo = (name: string, value: string, label: string, lang?: string): VNodeChild =>
    h('form', { method: 'post', action: '/portal/settings' }, [
      h('input', { type: 'hidden', name: 'back', value: reader.path }),
      h('input', { type: 'hidden', name, value }),
      h('button', { type: 'submit', class: 'quiet', lang }, label),
    ])
  return h('header', [
    h('a', { class: 'brand', href: '/' }, [h('strong', text.product), h('span', text.slogan)]),
    h('nav', { 'aria-label': text.home }, [
      switchTo('view', reader.elder ? 'plain' : 'elder', reader.elder ? text.plain : text.elder),
      switchTo('lang', other, text.language, other === 'zh' ? 'zh-CN' : 'en'),
    ]),
  ])
}

/** The list of everything that must be put right, each linked to its field. It takes the focus when the page opens. */
export function errorSummary(reader: Reader, errors: FieldErrors): VNodeChild {
  const entries = Object.entries(errors)
  if (entries.length === 0) return null
  return h('div', { class: 'errors', role: 'alert', tabindex: -1, autofocus: true }, [
    h('h2', say(reader).errorSummary),
    h(
      'ul',
      entries.map(([field, message]) => h('li', h('a', { href: `#${field}` }, message))),
    ),
  ])
}

/** A labelled field with its hint and its error, tied together for screen readers. */
export function field(parts: {
  id: string
  label: string
  hint?: string
  error?: string | undefined
  control: (described: Record<string, string>) => VNodeChild
}): VNodeChild {
  const { id, label, hint, error, control } = parts
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const attributes: Record<string, string> = { id, name: id }
  if (described) attributes['aria-describedby'] = described
  if (error) attributes['aria-invalid'] = 'true'
  return h('div', { class: error ? 'field wrong' : 'field' }, [
    h('label', { for: id }, label),
    hint ? h('p', { class: 'hint', id: `${id}-hint` }, hint) : null,
    error ? h('p', { class: 'error', id: `${id}-error` }, error) : null,
    control(attributes),
  ])
}

/** A time as people read it, in the city's zone. */
export function timeText(reader: Reader, instant: string): string {
  const style: Intl.DateTimeFormatOptions = {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }
  return new Intl.DateTimeFormat(reader.language === 'zh' ? 'zh-CN' : 'en-GB', style).format(msOf(instant as Instant))
}
