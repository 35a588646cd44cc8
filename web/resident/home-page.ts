import { h } from 'vue'
import { callAddress, type PageParts, type Reader } from './page.ts'

/** Three doors: what most people come for, and the telephone. */
export function homePage({ t, site, look }: Reader): PageParts {
  return {
    at: 'home',
    title: t('portal'),
    content: [
      h('h1', t('portal')),
      h('nav', { class: 'doors' }, [
        h('a', { class: 'door', 'data-kind': 'report', href: '/report' }, [
          icon('M4 20h4l10.5-10.5a2.8 2.8 0 0 0-4-4L4 16v4zM13.5 6.5l4 4'),
          h('strong', t('doorReport')),
          h('span', t('doorReportText')),
        ]),
        h('a', { class: 'door', 'data-kind': 'track', href: '/track' }, [
          icon('M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 20 20'),
          h('strong', t('doorTrack')),
          h('span', t('doorTrackText')),
        ]),
        h('a', { class: 'door', 'data-kind': 'call', href: callAddress(site.phone) }, [
          icon('M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z'),
          h('strong', t('doorCall', { phone: site.phone })),
          h('span', t('doorCallText')),
        ]),
      ]),
      look.size === 'elder'
        ? null
        : h('form', { method: 'post', action: '/settings' }, [
            h('button', { class: 'button elder-door', type: 'submit', name: 'set', value: 'view:elder' }, t('elderDoor')),
          ]),
      h('section', [
        h('h2', t('howTitle')),
        h(
          'ol',
          { class: 'how' },
          (['how1', 'how2', 'how3', 'how4'] as const).map((key) => h('li', t(key))),
        ),
      ]),
    ],
  }
}

const icon = (d: string) =>
  h(
    'svg',
    {
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.8,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      'aria-hidden': 'true',
    },
    [h('path', { d })],
  )
