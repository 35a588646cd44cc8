import { h, type VNodeChild } from 'vue'
import { newId } from '#kernel/id.ts'
import type { PublicCase } from '#contexts/cases/contract.ts'
import { ratingNames, UNHAPPY_AT_MOST } from '#contexts/cases/lifecycle.ts'
import { timeWords } from '#web/kit/clock.ts'
import { errorSummary, field, hasFaults, hidden, submitButton, type Faults, type Typed } from './form.ts'
import type { PageParts, Reader } from './page.ts'
import { photoForm, photoStrip, type ShownPhoto } from './photos.ts'
import { inFours } from './report-page.ts'

/** Asks for the code. */
export function trackPage(reader: Reader, typed: Typed, faults: Faults): PageParts {
  const { t } = reader
  return {
    at: 'track',
    title: t('trackTitle'),
    hasErrors: hasFaults(faults),
    keepForm: 'track',
    content: [
      errorSummary(reader, faults),
      h('h1', t('trackTitle')),
      h('form', { id: 'track', method: 'post', action: '/track', novalidate: true }, [
        hidden('page', 'track'),
        field({
          name: 'trackingCode',
          label: t('code'),
          hint: t('trackLead'),
          faults,
          control: (a) =>
            h('input', {
              ...a,
              class: 'input code',
              maxlength: 40,
              autocomplete: 'off',
              autocapitalize: 'characters',
              spellcheck: 'false',
              required: true,
              value: typed['trackingCode'] ?? '',
            }),
        }),
        submitButton(t('trackSubmit')),
      ]),
    ],
  }
}

/** What the caller just did or tried on the page of a case. */
export interface Tried {
  readonly typed?: Typed
  readonly faults?: Faults
  readonly notice?: string
}

/** One case in plain words, for whoever holds its code. */
export function casePage(
  reader: Reader,
  one: PublicCase,
  code: string,
  photos: readonly ShownPhoto[],
  { typed = {}, faults = {}, notice = '' }: Tried = {},
): PageParts {
  const { t, say } = reader
  const title = t('caseTitle', { number: one.number })
  return {
    at: 'track',
    title,
    hasErrors: hasFaults(faults),
    ...(one.mayRate ? { keepForm: 'rate' } : { keepFields: { trackingCode: code } }),
    content: [
      errorSummary(reader, faults),
      notice ? h('p', { class: 'notice', role: 'status' }, notice) : null,
      one.sample && !reader.site.sample ? h('p', { class: 'banner', role: 'note' }, t('sampleBanner')) : null,
      h('h1', title),
      h('section', { class: 'now' }, [h('p', { class: 'now-status' }, say(one.statusName)), h('p', plainWords(reader, one))]),
      ...outcome(reader, one, code, { typed, faults }),
      factList(reader, one, code),
      photoStrip(reader, photos),
      story(reader, one),
      isOver(one) ? null : photoForm(reader, code, faults),
      one.mayWithdraw ? withdrawForm(reader, code) : null,
      h('p', { class: 'no-print' }, h('a', { href: '/track' }, t('trackOther'))),
    ],
  }
}

/** The result, and what its caller thinks of it. */
function outcome(reader: Reader, one: PublicCase, code: string, { typed = {}, faults = {} }: Tried): VNodeChild[] {
  const { t, say } = reader
  const rating = ratingNames[one.rating as keyof typeof ratingNames] ?? null
  return [
    one.rejection ? h('p', t('rejection', { reason: say(one.rejection) })) : null,
    one.result ? h('section', { class: 'result' }, [h('h2', t('result')), h('p', { class: 'typed' }, one.result)]) : null,
    one.mayRate ? rateForm(reader, code, typed, faults) : null,
    rating ? h('p', t('rated', { rating: say(rating) })) : null,
  ]
}

function factList({ t, say, language }: Reader, one: PublicCase, code: string): VNodeChild {
  return h('dl', { class: 'facts' }, [
    ...fact(t('said'), one.text),
    ...fact(t('place'), say(one.place)),
    ...fact(t('matter'), say(one.matter)),
    ...fact(t('holder'), say(one.holder)),
    ...fact(t('due'), one.disposeDueAt && !isOver(one) ? timeWords(one.disposeDueAt, language) : ''),
    ...fact(t('code'), inFours(code)),
  ])
}

function story({ t, say, language }: Reader, one: PublicCase): VNodeChild {
  const items = one.timeline.map((item) =>
    h('li', [
      h('time', { datetime: item.at }, timeWords(item.at, language)),
      h('strong', say(item.label)),
      item.organisation ? h('span', { class: 'soft' }, say(item.organisation)) : null,
    ]),
  )
  return h('section', [h('h2', t('timeline')), h('ol', { class: 'story' }, items)])
}

const isOver = ({ status }: PublicCase): boolean => status === 'closed' || status === 'rejected' || status === 'withdrawn'

function plainWords({ t, say, site }: Reader, one: PublicCase): string {
  const key = one.status === 'closed' && one.rating !== null ? 'plain_closedRated' : (`plain_${one.status}` as const)
  return t(key, { holder: say(one.holder) || t('someUnit'), phone: site.phone })
}

function fact(name: string, value: string): VNodeChild[] {
  return value ? [h('dt', name), h('dd', value)] : []
}

function rateForm({ t, say }: Reader, code: string, typed: Typed, faults: Faults): VNodeChild {
  const scores = ([5, 4, 3, 2, 1] as const).map((score, index) =>
    h('label', { class: 'choice' }, [
      h('input', {
        type: 'radio',
        name: 'score',
        id: index === 0 ? 'score' : undefined,
        value: score,
        checked: typed['score'] === String(score) || undefined,
        'aria-describedby': faults['score'] ? 'score-error' : undefined,
      }),
      h('span', say(ratingNames[score])),
    ]),
  )
  return h('form', { id: 'rate', method: 'post', action: '/rate', class: 'panel', novalidate: true }, [
    hidden('page', 'track'),
    hidden('trackingCode', code),
    hidden('commandId', typed['commandId'] || newId()),
    h('fieldset', { class: 'group' }, [
      h('legend', t('rateTitle')),
      h('p', { class: 'hint' }, t('rateLead')),
      faults['score'] ? h('p', { id: 'score-error', class: 'fault' }, faults['score']) : null,
      h('div', { class: 'choices' }, scores),
    ]),
    field({
      name: 'note',
      label: t('rateNote'),
      optional: t('optional'),
      faults,
      control: (a) => h('textarea', { ...a, class: 'area', rows: 3, maxlength: 500 }, typed['note'] ?? ''),
    }),
    submitButton(t('rateSubmit')),
  ])
}

function withdrawForm({ t }: Reader, code: string): VNodeChild {
  return h('form', { method: 'post', action: '/withdraw', class: 'panel no-print' }, [
    h('h2', t('withdrawTitle')),
    h('p', { class: 'hint' }, t('withdrawLead')),
    hidden('page', 'track'),
    hidden('trackingCode', code),
    hidden('commandId', newId()),
    submitButton(t('withdrawSubmit'), 'danger'),
  ])
}

/** What to say after a rating. */
export function ratedNotice({ t }: Reader, score: number): string {
  return t(score <= UNHAPPY_AT_MOST ? 'rateReopened' : 'rateThanks')
}
