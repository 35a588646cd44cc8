import { h, type VNodeChild } from 'vue'
import { errorSummary, field, named, say, timeText, type FieldErrors, type Reader } from './page.ts'
import type { Wording } from '#kernel/refusal.ts'

/** A street with its communities, as the form offers them. */
export interface PlaceGroup {
  readonly name: Wording
  readonly communities: readonly { readonly code: string; readonly name: Wording }[]
}

/** What was typed, kept when something must be put right. */
export interface ReportValues {
  readonly commandId: string
  readonly text: string
  readonly areaCode: string
  readonly address: string
  readonly lng: string
  readonly lat: string
  readonly callerName: string
  readonly callerPhone: string
}

/** The two doors. */
export function homePage(reader: Reader): VNodeChild {
  const text = say(reader)
  const door = (href: string, title: string, hint: string): VNodeChild => h('a', { class: 'door', href }, [h('strong', title), h('span', hint)])
  return h('div', { class: 'doors' }, [
    h('h1', text.slogan),
    door('/report', text.doorReport, text.doorReportHint),
    door('/track', text.doorTrack, text.doorTrackHint),
  ])
}

/** The form of a report. */
export function reportPage(reader: Reader, values: ReportValues, places: readonly PlaceGroup[], errors: FieldErrors): VNodeChild {
  const text = say(reader)
  return [
    errorSummary(reader, errors),
    h('h1', text.reportTitle),
    h('form', { method: 'post', action: '/report', novalidate: true }, [
      h('input', { type: 'hidden', name: 'commandId', value: values.commandId }),
      field({
        id: 'text',
        label: text.what,
        hint: text.whatHint,
        error: errors['text'],
        control: (described) => h('textarea', { ...described, rows: 5, maxlength: 2000, required: true }, values.text),
      }),
      whereFields(reader, values, places, errors),
      contactFields(reader, values, errors),
      h('button', { type: 'submit', class: 'main' }, text.submit),
    ]),
  ]
}

function whereFields(reader: Reader, values: ReportValues, places: readonly PlaceGroup[], errors: FieldErrors): VNodeChild {
  const text = say(reader)
  return h('fieldset', [
    h('legend', text.where),
    field({
      id: 'areaCode',
      label: text.community,
      error: errors['areaCode'],
      control: (described) =>
        h('select', described, [
          h('option', { value: '' }, text.communityNone),
          places.map((group) =>
            h(
              'optgroup',
              { label: named(reader, group.name) },
              group.communities.map(({ code, name }) => h('option', { value: code, selected: code === values.areaCode }, named(reader, name))),
            ),
          ),
        ]),
    }),
    field({
      id: 'address',
      label: text.address,
      hint: text.addressHint,
      control: (described) => h('input', { ...described, type: 'text', maxlength: 200, value: values.address, autocomplete: 'off' }),
    }),
    // Filled by enhance.js, which also shows the button; without it the form asks for nothing that it cannot get.
    h('input', { type: 'hidden', id: 'lng', name: 'lng', value: values.lng }),
    h('input', { type: 'hidden', id: 'lat', name: 'lat', value: values.lat }),
    h('p', { class: 'locate', hidden: true, 'data-locating': text.locating, 'data-located': text.located, 'data-failed': text.locateFailed }, [
      h('button', { type: 'button', class: 'second' }, text.locate),
      h('span', { role: 'status' }),
    ]),
    errors['lng'] ? h('p', { class: 'error' }, errors['lng']) : null,
  ])
}

function contactFields(reader: Reader, values: ReportValues, errors: FieldErrors): VNodeChild {
  const text = say(reader)
  return h('fieldset', [
    h('legend', text.contact),
    field({
      id: 'callerName',
      label: text.name,
      control: (described) => h('input', { ...described, type: 'text', maxlength: 50, value: values.callerName, autocomplete: 'name' }),
    }),
    field({
      id: 'callerPhone',
      label: text.phone,
      error: errors['callerPhone'],
      control: (described) => h('input', { ...described, type: 'tel', maxlength: 20, value: values.callerPhone, autocomplete: 'tel' }),
    }),
    h('p', { class: 'hint' }, text.consent),
  ])
}

/** What the caller keeps: number, code and date. */
export function receiptPage(reader: Reader, receipt: { number: string; trackingCode: string; reportedAt: string }): VNodeChild {
  const text = say(reader)
  const grouped = receipt.trackingCode.match(/.{1,4}/g)?.join(' ') ?? receipt.trackingCode
  return [
    h('h1', text.receiptTitle),
    h('dl', { class: 'receipt' }, [
      h('div', [h('dt', text.receiptNumber), h('dd', { id: 'number' }, receipt.number)]),
      h('div', [h('dt', text.receiptCode), h('dd', { id: 'code', class: 'code' }, grouped)]),
      h('div', [h('dt', text.receiptDate), h('dd', timeText(reader, receipt.reportedAt))]),
    ]),
    h('p', { class: 'keep' }, text.receiptKeep),
    h('h2', text.receiptNext),
    h('p', text.receiptNextText),
    h('form', { method: 'post', action: '/track' }, [
      h('input', { type: 'hidden', name: 'trackingCode', value: receipt.trackingCode }),
      h('button', { type: 'submit', class: 'second' }, text.doorTrack),
    ]),
    h('p', { class: 'hint noprint' }, text.print),
  ]
}
