import { h, type VNodeChild } from 'vue'
import { newId } from '#kernel/id.ts'
import { timeWords } from '#web/kit/clock.ts'
import { errorSummary, field, hasFaults, hidden, submitButton, type Faults, type Typed } from './form.ts'
import { photoForm } from './photos.ts'
import type { PageParts, Reader } from './page.ts'
import type { PlaceGroup } from './places.ts'

/** The report form with what was typed so far and what is wrong with it. One command id per form: sending twice reports once. */
export function reportPage(reader: Reader, places: readonly PlaceGroup[], typed: Typed, faults: Faults): PageParts {
  const { t } = reader
  return {
    at: 'report',
    title: t('reportTitle'),
    hasErrors: hasFaults(faults),
    keepForm: 'report',
    script: true,
    content: [
      errorSummary(reader, faults),
      h('h1', t('reportTitle')),
      h('p', { class: 'lead' }, t('reportLead')),
      h('form', { id: 'report', method: 'post', action: '/report', novalidate: true }, [
        hidden('page', 'report'),
        hidden('commandId', typed['commandId'] || newId()),
        field({
          name: 'text',
          label: t('whatHappened'),
          hint: t('whatHint'),
          faults,
          control: (a) => h('textarea', { ...a, class: 'area', rows: 5, maxlength: 2000, required: true }, typed['text'] ?? ''),
        }),
        h('fieldset', { class: 'group' }, [h('legend', t('where')), ...placeFields(reader, places, typed, faults)]),
        h('fieldset', { class: 'group' }, [
          h('legend', [t('contact'), h('span', { class: 'soft' }, ` (${t('optional')})`)]),
          h('p', { class: 'hint' }, t('contactHint')),
          ...contactFields(reader, typed, faults),
        ]),
        h('p', { class: 'consent' }, t('consent')),
        submitButton(t('submit')),
      ]),
    ],
  }
}

function placeFields({ t, say }: Reader, places: readonly PlaceGroup[], typed: Typed, faults: Faults): VNodeChild[] {
  const option = ({ code, name }: PlaceGroup['options'][number]) =>
    h('option', { value: code, selected: typed['areaCode'] === code || undefined }, say(name))
  const position = ['lng', 'lat', 'accuracy'].map((name) => hidden(name, typed[name] ?? ''))
  return [
    // Filled in by the script; without one the button stays hidden and the fields below do the work.
    h(
      'div',
      {
        class: 'position',
        id: 'position',
        hidden: true,
        'data-looking': t('positionLooking'),
        'data-found': t('positionFound', { n: '#' }),
        'data-refused': t('positionRefused'),
      },
      [
        h('button', { type: 'button', class: 'button', 'data-act': 'use' }, t('usePosition')),
        h('button', { type: 'button', class: 'button', 'data-act': 'drop', hidden: true }, t('positionDrop')),
        h('p', { role: 'status' }),
        ...position,
      ],
    ),
    field({
      name: 'areaCode',
      label: t('area'),
      hint: t('areaHint'),
      faults,
      control: (a) =>
        h('select', { ...a, class: 'select' }, [
          h('option', { value: '' }, t('areaNone')),
          ...places.map((group) => h('optgroup', { label: say(group.name) }, group.options.map(option))),
        ]),
    }),
    field({
      name: 'address',
      label: t('address'),
      hint: t('addressHint'),
      faults,
      control: (a) => h('input', { ...a, class: 'input', maxlength: 200, value: typed['address'] ?? '' }),
    }),
  ]
}

function contactFields({ t }: Reader, typed: Typed, faults: Faults): VNodeChild[] {
  return [
    field({
      name: 'callerName',
      label: t('callerName'),
      faults,
      control: (a) => h('input', { ...a, class: 'input', maxlength: 50, autocomplete: 'name', value: typed['callerName'] ?? '' }),
    }),
    field({
      name: 'callerPhone',
      label: t('callerPhone'),
      faults,
      control: (a) => h('input', { ...a, class: 'input', type: 'tel', maxlength: 20, autocomplete: 'tel', value: typed['callerPhone'] ?? '' }),
    }),
  ]
}

/** What is wrong with a typed report, by field, before it is sent on. */
export function reportFaults({ t }: Reader, typed: Typed): Faults {
  const said = (name: string): string => typed[name]?.trim() ?? ''
  const located = said('areaCode') || said('address') || (said('lng') && said('lat'))
  const phone = said('callerPhone')
  const checks: readonly (readonly [field: string, wrong: boolean, sentence: string])[] = [
    ['text', said('text').length < 2, t('errText')],
    ['text', said('text').length > 2000, t('errTextLong')],
    ['areaCode', !located, t('errPlace')],
    ['callerPhone', phone !== '' && !/^[\d +()-]{5,20}$/.test(phone), t('errPhone')],
  ]
  return Object.fromEntries(checks.filter(([, wrong]) => wrong).map(([field, , sentence]) => [field, sentence]))
}

export interface Receipt {
  readonly number: string
  readonly trackingCode: string
  readonly reportedAt: string
}

/** Four characters at a time are easier to copy. */
export const inFours = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ')

/** The receipt: the only place that ever shows the code. */
export function receiptPage(reader: Reader, receipt: Receipt): PageParts {
  const { t, language } = reader
  return {
    at: 'receipt',
    title: t('receiptTitle'),
    keepFields: { ...receipt },
    content: [
      h('h1', t('receiptTitle')),
      h('dl', { class: 'receipt' }, [
        h('dt', t('receiptNumber')),
        h('dd', { class: 'code' }, receipt.number),
        h('dt', t('receiptCode')),
        h('dd', { class: 'code receipt-code', id: 'trackingCode' }, inFours(receipt.trackingCode)),
        h('dt', t('receiptAt')),
        h('dd', timeWords(receipt.reportedAt, language)),
      ]),
      h('p', { class: 'keep' }, t('receiptKeep')),
      photoForm(reader, receipt.trackingCode),
      h('section', [h('h2', t('receiptNext')), h('ol', { class: 'how' }, [h('li', t('receiptNext1')), h('li', t('receiptNext2'))])]),
      h('form', { method: 'post', action: '/track', class: 'no-print' }, [
        hidden('page', 'track'),
        hidden('trackingCode', receipt.trackingCode),
        submitButton(t('receiptTrack')),
      ]),
    ],
  }
}
