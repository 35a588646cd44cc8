import encodeQr from 'qr'
import { h, type VNodeChild } from 'vue'
import type { DraftAnswers } from '#contexts/cases/index.ts'
import { DAY_MS, msOf, type Instant } from '#kernel/clock.ts'
import { emergencyServices, type EmergencyService } from '#kernel/emergency.ts'
import { timeWords } from '#web/kit/clock.ts'
import { hidden, submitButton } from '../form.ts'
import type { PageParts, Reader } from '../page.ts'

/** Four characters at a time are easier to copy. */
export const inFours = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ')

/** The receipt of what was just sent: the only page that ever shows the code. `followAt` is the address of the tracking page on this host. */
export function receiptPage(reader: Reader, sent: DraftAnswers, followAt: string): PageParts {
  const { t } = reader
  const said = (name: string): string => sent[name] ?? ''
  return {
    at: 'receipt',
    title: t('receiptTitle'),
    content: [
      adviceBox(reader, sent),
      h('h1', t('receiptTitle')),
      h('div', { class: 'receipt' }, [facts(reader, sent), qrCode(reader, `${followAt}?n=${said('number')}`)]),
      h('p', { class: 'keep' }, t('receiptKeep')),
      said('joined') ? h('p', t('receiptJoined')) : null,
      said('photosFailed') ? h('p', { class: 'fault' }, t('receiptPhotosFailed', { n: said('photosFailed') })) : null,
      h('section', [h('h2', t('receiptNext')), h('ol', { class: 'how' }, [h('li', t('receiptNext1')), h('li', t('receiptNext2'))])]),
      h('form', { method: 'post', action: '/track', class: 'no-print' }, [
        hidden('page', 'case'),
        hidden('trackingCode', said('trackingCode')),
        submitButton(t('receiptTrack')),
      ]),
      h('section', { class: 'panel no-print' }, [
        h('h2', t('changeMind')),
        h('p', t('changeMindText')),
        h('form', { method: 'post', action: '/withdraw' }, [
          hidden('page', 'case'),
          hidden('trackingCode', said('trackingCode')),
          hidden('commandId', said('withdrawId')),
          h('button', { type: 'submit', class: 'button', 'data-kind': 'danger' }, t('withdrawSubmit')),
        ]),
        h('form', { method: 'post', action: '/report/forget' }, [h('button', { type: 'submit', class: 'button' }, t('receiptForget'))]),
      ]),
    ],
  }
}

function facts({ t, language }: Reader, sent: DraftAnswers): VNodeChild {
  const reportedAt = sent['reportedAt'] as Instant
  const due = sent['due'] as Instant | undefined
  const days = due ? Math.max(1, Math.ceil((msOf(due) - msOf(reportedAt)) / DAY_MS)) : 0
  return h('dl', [
    h('dt', t('receiptNumber')),
    h('dd', { class: 'code receipt-code', id: 'number' }, sent['number']),
    h('dt', t('receiptCode')),
    h('dd', { class: 'code receipt-code', id: 'trackingCode' }, inFours(sent['trackingCode'] ?? '')),
    h('dt', t('receiptAt')),
    h('dd', timeWords(reportedAt, language)),
    h('dt', t('receiptDue')),
    h('dd', { id: 'due' }, due ? t('receiptDueIn', { n: days, at: timeWords(due, language) }) : t('receiptDueUnknown')),
  ])
}

/** The number alone: whoever photographs the code over a shoulder still lacks what proves that the report is his. */
function qrCode({ t }: Reader, address: string): VNodeChild {
  return h('figure', { class: 'qr' }, [
    h('div', { role: 'img', 'aria-label': t('qrLabel'), innerHTML: encodeQr(address, 'svg', { ecc: 'medium', border: 2 }) }),
    h('figcaption', { class: 'small' }, t('qrText')),
  ])
}

function adviceBox({ t, language }: Reader, sent: DraftAnswers): VNodeChild {
  const service = emergencyServices.find((one): one is EmergencyService => one === sent['service'])
  if (!service) return null
  const why = (language === 'en' ? sent['adviceEn'] : '') || sent['adviceZh']
  return h('div', { class: 'danger', role: 'alert' }, [
    h('h2', h('a', { href: `tel:${service}` }, t('adviceTitle', { service }))),
    why ? h('p', why) : null,
    h('p', t('adviceText', { service })),
  ])
}
