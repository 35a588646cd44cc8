import { h } from 'vue'
import type { PageParts, Reader } from './page.ts'

/** Two doors and a telephone: what most people come for. */
export function homePage({ t, site }: Reader): PageParts {
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
      ]),
      h('section', { class: 'call' }, [
        h('h2', t('callTitle')),
        h('p', t('callText', { phone: site.phone })),
        h('a', { class: 'button', href: `tel:${site.phone}` }, t('callAction', { phone: site.phone })),
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
