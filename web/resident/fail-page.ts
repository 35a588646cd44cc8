import { h } from 'vue'
import type { PageParts, Reader } from './page.ts'

/** What became of a request: what the reader is told of it (nothing of a fault of ours), and what can be gone back to. */
export interface Failed {
  readonly status: number
  readonly message: string | undefined
  readonly requestId: string
  /** Address that can be asked for again; undefined where a form was sent. */
  readonly again: string | undefined
  /** A report was begun on this device, and is kept. */
  readonly begun: boolean
}

/** What happened, what is safe, what to do now, whom to call instead, and the number to quote. */
export function failPage({ t, site }: Reader, { status, message, requestId, again, begun }: Failed): PageParts {
  const ways = [
    again && status !== 404 ? { href: again, text: t('failAgain') } : undefined,
    begun ? { href: '/report', text: t('failBack') } : undefined,
    { href: '/', text: t('home') },
  ]
  return {
    at: 'home',
    title: t('failTitle'),
    hasErrors: true,
    content: [
      h('h1', t('failTitle')),
      h('p', message ?? t('failText', { phone: site.phone })),
      begun ? h('p', t('failSafe')) : null,
      h(
        'ul',
        ways.flatMap((way) => (way ? [h('li', h('a', { href: way.href }, way.text))] : [])),
      ),
      message === undefined ? null : h('p', t('failCall', { phone: site.phone })),
      status === 404 ? null : h('p', { class: 'soft small code' }, t('failReference', { id: requestId })),
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
