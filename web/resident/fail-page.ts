import { h } from 'vue'
import { Refusal } from '#kernel/refusal.ts'
import type { PageParts, Reader } from './page.ts'

/** What happened, what is safe, and what to do instead. */
export function failPage({ t, language, site }: Reader, error: unknown, requestId: string): PageParts {
  const refused = error instanceof Refusal
  return {
    at: 'home',
    title: t('failTitle'),
    hasErrors: true,
    content: [
      h('h1', t('failTitle')),
      h('p', refused ? error.text(language) : t('failText', { phone: site.phone })),
      refused ? null : h('p', { class: 'soft code' }, t('failReference', { id: requestId })),
      h('p', h('a', { href: '/' }, t('home'))),
    ],
  }
}

/** An address that leads nowhere: where people probably wanted to go. */
export function unknownPage({ t }: Reader): PageParts {
  return {
    at: 'home',
    title: t('unknownTitle'),
    content: [
      h('h1', t('unknownTitle')),
      h('p', t('unknownText')),
      h('ul', [
        h('li', h('a', { href: '/report' }, t('doorReport'))),
        h('li', h('a', { href: '/track' }, t('doorTrack'))),
        h('li', h('a', { href: '/' }, t('home'))),
      ]),
    ],
  }
}
