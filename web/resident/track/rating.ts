import { h, type VNodeChild } from 'vue'
import { newId } from '#kernel/id.ts'
import { moveReasons, ratingNames, SECOND_THOUGHTS_MINUTES, UNHAPPY_AT_MOST } from '#contexts/cases/lifecycle.ts'
import { field, hidden, submitButton, type Faults, type Typed } from '../form.ts'
import type { Reader } from '../page.ts'

/** Five labelled answers, and what exactly the caller minds. */
export function rateForm({ t, say }: Reader, proof: readonly VNodeChild[], typed: Typed, faults: Faults): VNodeChild {
  const described = faults['score'] ? 'score-error' : undefined
  const scores = ([5, 4, 3, 2, 1] as const).map((score, index) =>
    choice('score', String(score), say(ratingNames[score]), typed['score'], { id: index === 0 ? 'score' : undefined, 'aria-describedby': described }),
  )
  const reasons = Object.entries(moveReasons.rate).map(([code, name]) => choice('reasonCode', code, say(name), typed['reasonCode']))
  return h('form', { id: 'rate', method: 'post', action: '/rate', class: 'panel no-print', novalidate: true }, [
    hidden('page', 'case'),
    ...proof,
    hidden('commandId', typed['commandId'] || newId()),
    h('fieldset', { class: 'group' }, [
      h('legend', t('rateTitle')),
      h('p', { class: 'hint' }, t('rateLead')),
      faults['score'] ? h('p', { id: 'score-error', class: 'fault' }, faults['score']) : null,
      h('div', { class: 'choices' }, scores),
    ]),
    h('fieldset', { class: 'group' }, [
      h('legend', [t('rateWhy'), h('span', { class: 'soft' }, ` (${t('optional')})`)]),
      h('p', { class: 'hint' }, t('rateWhyHint')),
      h('div', { class: 'choices' }, [choice('reasonCode', '', t('rateWhyNone'), typed['reasonCode'] ?? ''), ...reasons]),
    ]),
    field({
      name: 'note',
      label: t('rateNote'),
      optional: t('optional'),
      faults,
      control: (a) => h('textarea', { ...a, class: 'area', rows: 3, maxlength: 500 }, typed['note'] ?? ''),
    }),
    submitButton(t('rateSubmit')),
    h('p', { class: 'hint' }, t('rateChange', { n: SECOND_THOUGHTS_MINUTES })),
  ])
}

function choice(
  name: string,
  value: string,
  label: string,
  chosen: string | undefined,
  more: Readonly<Record<string, string | undefined>> = {},
): VNodeChild {
  return h('label', { class: 'choice' }, [
    h('input', { type: 'radio', name, value, checked: chosen === value || undefined, ...more }),
    h('span', label),
  ])
}

export function unrateForm({ t }: Reader, proof: readonly VNodeChild[]): VNodeChild {
  return h('form', { method: 'post', action: '/unrate', class: 'panel no-print' }, [
    h('h2', t('unrateTitle')),
    h('p', { class: 'hint' }, t('unrateLead', { n: SECOND_THOUGHTS_MINUTES })),
    hidden('page', 'case'),
    ...proof,
    hidden('commandId', newId()),
    h('button', { type: 'submit', class: 'button' }, t('unrateSubmit')),
  ])
}

/** What to say after a rating. */
export function ratedNotice({ t }: Reader, score: number, reasonCode: string | undefined): string {
  return t(score <= UNHAPPY_AT_MOST || reasonCode === 'not_solved' ? 'rateReopened' : 'rateThanks')
}
