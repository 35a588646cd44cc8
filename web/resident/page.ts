/** The frame of every page of the portal: plain HTML from the server, complete without a script. */
import { createSSRApp, h, type VNodeChild } from 'vue'
import { renderToString } from 'vue/server-renderer'
import type { Language, Wording } from '#kernel/refusal.ts'
import { textIn, wordingIn, type Say } from '#web/kit/text.ts'
import type { Look } from './look.ts'
import { portalWords, type PortalWord } from './words.ts'

export interface Site {
  readonly city: Wording
  /** Number that people may call instead. */
  readonly phone: string
  readonly hours: Wording | null
  readonly link: { readonly address: string; readonly name: Wording } | null
  readonly sample: boolean
  /** Addresses of the files that pages load. */
  readonly styles: string
  readonly script: string
  /** The map, where it has been built. */
  readonly map: string | undefined
}

/** What a page knows about its reader and the installation. */
export interface Reader {
  readonly language: Language
  readonly look: Look
  readonly t: Say<PortalWord>
  readonly say: (wording: Wording | null) => string
  readonly site: Site
}

export function readerOf(look: Look, site: Site): Reader {
  const { language } = look
  return { language, look, site, t: textIn(portalWords, language), say: (wording) => (wording ? wordingIn(wording, language) : '') }
}

export interface PageParts {
  /** Names the page for the language and text-size buttons. */
  readonly at: string
  readonly title: string
  readonly hasErrors?: boolean
  /** The form whose typed text those buttons carry along. */
  readonly keepForm?: string
  /** Fields that they send back where there is no form to keep. */
  readonly keepFields?: Readonly<Record<string, string>>
  readonly content: readonly VNodeChild[]
}

/** Spaces and dashes are for readers; a telephone dials digits. */
export const callAddress = (phone: string): string => `tel:${phone.replaceAll(/[^\d+]/g, '')}`

/** Renders a whole document. */
export async function renderPage(reader: Reader, parts: PageParts): Promise<string> {
  const { t, say, site, language, look } = reader
  const elder = look.size === 'elder'
  const theme = look.theme === 'system' ? undefined : look.theme
  const name = `${parts.title} - ${say(site.city)} ${t('product')}`
  const render = () =>
    h('html', { lang: language === 'zh' ? 'zh-CN' : 'en', 'data-size': look.size, 'data-theme': theme }, [
      h('head', [
        h('meta', { charset: 'utf-8' }),
        h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
        h('meta', { name: 'color-scheme', content: 'light dark' }),
        h('title', parts.hasErrors ? t('error', { title: name }) : name),
        h('link', { rel: 'stylesheet', href: site.styles }),
        h('link', { rel: 'icon', href: '/assets/icon.svg', type: 'image/svg+xml' }),
        h('script', { src: site.script, defer: true }),
      ]),
      h('body', [
        h('a', { class: 'skip', href: '#main' }, t('skip')),
        site.sample ? h('p', { class: 'banner', role: 'note' }, t('sampleBanner')) : null,
        header(reader, parts),
        h(
          'main',
          { id: 'main', class: 'page', tabindex: '-1', 'data-unsent': t('failUnsent'), 'data-offline': t('failOffline'), 'data-slow': t('failSlow') },
          [elder ? aloud(reader) : null, ...parts.content],
        ),
        footer(reader),
      ]),
    ])
  return `<!doctype html>${await renderToString(createSSRApp({ render }))}`
}

function header(reader: Reader, parts: PageParts): VNodeChild {
  const { t, say, site, language, look } = reader
  const elder = look.size === 'elder'
  const form = parts.keepForm ?? 'settings'
  return h('header', { class: 'top' }, [
    h('div', { class: 'top-inner' }, [
      h('a', { class: 'brand', href: '/' }, [mark(), h('span', [h('strong', t('product')), h('span', { class: 'brand-city' }, say(site.city))])]),
      parts.keepForm ? null : settingsForm(parts),
      h('div', { class: 'top-switches' }, [
        switchButton(form, `language:${language === 'zh' ? 'en' : 'zh'}`, t('otherLanguage'), language === 'zh' ? 'en' : 'zh-CN'),
        switchButton(form, elder ? 'view:standard' : 'view:elder', elder ? t('standard') : t('elder')),
      ]),
    ]),
  ])
}

function settingsForm(parts: PageParts): VNodeChild {
  const fields = Object.entries({ page: parts.at, ...parts.keepFields })
  return h(
    'form',
    { id: 'settings', method: 'post', action: '/settings', hidden: true },
    fields.map(([name, value]) => h('input', { type: 'hidden', name, value })),
  )
}

// The buttons belong to the page's own form, so that switching the language never costs a word that somebody typed.
function switchButton(form: string, value: string, label: string, lang?: string): VNodeChild {
  return h(
    'button',
    {
      type: 'submit',
      form,
      formaction: '/settings',
      formmethod: 'post',
      formenctype: 'application/x-www-form-urlencoded',
      formnovalidate: true,
      name: 'set',
      value,
      lang,
      class: 'switch',
    },
    label,
  )
}

/** Reads the page out where the device has a voice for its language; the script finds out and shows the button. */
function aloud({ t }: Reader): VNodeChild {
  return h('p', { id: 'aloud', class: 'aloud no-print', hidden: true, 'data-stop': t('aloudStop') }, [
    h('button', { type: 'button', class: 'button', 'aria-pressed': 'false' }, t('aloud')),
  ])
}

function footer({ t, say, site }: Reader): VNodeChild {
  return h('footer', { class: 'foot' }, [
    h('p', [
      t('callText', { phone: site.phone }),
      ' ',
      h('a', { class: 'foot-call', href: callAddress(site.phone) }, t('callAction', { phone: site.phone })),
    ]),
    site.hours ? h('p', t('hours', { hours: say(site.hours) })) : null,
    h('p', t('urgent')),
    site.link ? h('p', { class: 'no-print' }, h('a', { href: site.link.address, rel: 'external noreferrer' }, say(site.link.name))) : null,
    h('p', { class: 'no-print' }, h('a', { href: '/settings' }, t('settingsLink'))),
    h('p', { class: 'soft small' }, [t('staff'), ' ', h('a', { href: '/desk/' }, t('desk')), ' ', h('a', { href: '/field/' }, t('field'))]),
  ])
}

function mark(): VNodeChild {
  return h('svg', { class: 'brand-mark', viewBox: '0 0 32 32', fill: 'none', 'stroke-width': 3, 'stroke-linecap': 'round', 'aria-hidden': 'true' }, [
    h('path', { d: 'M20.5 6.5a10.5 10.5 0 0 1 0 19', stroke: 'currentColor' }),
    h('path', { d: 'M11.5 25.5a10.5 10.5 0 0 1 0-19', stroke: 'currentColor', opacity: '.55' }),
    h('circle', { cx: 16, cy: 16, r: 3.6, fill: 'currentColor' }),
  ])
}
