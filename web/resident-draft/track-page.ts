import { h, type VNodeChild } from 'vue'
import type { PublicCase } from '#contexts/cases/contract.ts'
import { ratingNames } from '#contexts/cases/lifecycle.ts'
import { errorSummary, field, named, say, timeText, type FieldErrors, type Reader } from './page.ts'

/** Asks for the code. */
export function codePage(reader: Reader, value: string, errors: FieldErrors): VNodeChild {
  const text = say(reader)
  return [
    errorSummary(reader, errors),
    h('h1', text.trackTitle),
    h('form', { method: 'post', action: '/track', novalidate: true }, [
      field({
        id: 'trackingCode',
        label: text.trackCode,
        hint: text.trackCodeHint,
        error: errors['trackingCode'],
        control: (described) =>
          h('input', { ...described, type: 'text', maxlength: 24, value, autocomplete: 'off', spellcheck: false, class: 'code' }),
      }),
      h('button', { type: 'submit', class: 'main' }, text.look),
    ]),
  ]
}

/** Where a report stands, in plain words, and what its caller may do now. `commandIds`: one for each form of the page. */
export function casePage(
  reader: Reader,
  found: PublicCase,
  form: { code: string; commandIds: { rate: string; withdraw: string }; errors: FieldErrors; notice?: string },
): VNodeChild {
  const text = say(reader)
  const row = (label: string, value: VNodeChild): VNodeChild => h('div', [h('dt', label), h('dd', [value])])
  return [
    errorSummary(reader, form.errors),
    form.notice ? h('p', { class: 'notice', role: 'status' }, form.notice) : null,
    h('h1', found.number),
    h('dl', { class: 'facts' }, [
      row(text.status, h('strong', named(reader, found.statusName))),
      row(text.said, found.text),
      row(text.place, named(reader, found.place)),
      found.matter ? row(text.matter, named(reader, found.matter)) : null,
      row(text.holder, found.holder ? named(reader, found.holder) : text.holderNone),
      found.disposeDueAt ? row(text.due, timeText(reader, found.disposeDueAt)) : null,
      found.result ? row(text.result, found.result) : null,
      found.rating ? row(text.rated, named(reader, ratingNames[found.rating as keyof typeof ratingNames])) : null,
    ]),
    found.mayRate ? rateForm(reader, form) : null,
    h('h2', text.timeline),
    h(
      'ol',
      { class: 'timeline' },
      found.timeline.map((item) =>
        h('li', [
          h('time', { datetime: item.at }, timeText(reader, item.at)),
          h('span', named(reader, item.label)),
          item.organisation ? h('em', named(reader, item.organisation)) : null,
        ]),
      ),
    ),
    found.mayWithdraw ? withdrawForm(reader, form) : null,
  ]
}

interface CaseForm {
  readonly code: string
  readonly commandIds: { readonly rate: string; readonly withdraw: string }
  readonly errors: FieldErrors
}

const hidden = (name: string, value: string): VNodeChild => h('input', { type: 'hidden', name, value })

function rateForm(reader: Reader, { code, commandIds, errors }: CaseForm): VNodeChild {
  const text = say(reader)
  return h('form', { method: 'post', action: '/rate', class: 'rate' }, [
    hidden('trackingCode', code),
    hidden('commandId', commandIds.rate),
    h('fieldset', { 'aria-describedby': 'rate-hint' }, [
      h('legend', text.rateTitle),
      h('p', { class: 'hint', id: 'rate-hint' }, text.rateHint),
      errors['score'] ? h('p', { class: 'error' }, errors['score']) : null,
      ([5, 4, 3, 2, 1] as const).map((score, index) =>
        h('label', { class: 'choice' }, [
          h('input', { type: 'radio', name: 'score', value: String(score), id: index === 0 ? 'score' : undefined }),
          named(reader, ratingNames[score]),
        ]),
      ),
    ]),
    field({ id: 'note', label: text.rateNote, control: (described) => h('textarea', { ...described, rows: 2, maxlength: 500 }) }),
    h('button', { type: 'submit', class: 'main' }, text.rate),
  ])
}

function withdrawForm(reader: Reader, { code, commandIds }: CaseForm): VNodeChild {
  const text = say(reader)
  return h('form', { method: 'post', action: '/withdraw', class: 'withdraw' }, [
    hidden('trackingCode', code),
    hidden('commandId', commandIds.withdraw),
    h('h2', text.withdrawTitle),
    h('p', { class: 'hint' }, text.withdrawHint),
    h('button', { type: 'submit', class: 'second' }, text.withdraw),
  ])
}
