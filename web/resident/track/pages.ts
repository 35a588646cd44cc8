import { h, type VNodeChild } from 'vue'
import { newId } from '#kernel/id.ts'
import type { PublicCase } from '#contexts/cases/contract.ts'
import type { Proof } from '#contexts/cases/index.ts'
import { ratingNames, statusNames } from '#contexts/cases/lifecycle.ts'
import { timeWords } from '#web/kit/clock.ts'
import { errorSummary, field, hasFaults, hidden, submitButton, type Faults, type Typed } from '../form.ts'
import type { PageParts, Reader } from '../page.ts'
import { photoForm, photoStrip, type ShownPhoto } from '../photos.ts'
import { inFours } from '../report/receipt.ts'
import { rateForm, unrateForm } from './rating.ts'

/** Asks for number and telephone, or for the code. */
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
        byNumber(reader, typed, faults),
        byCode(reader, typed, faults),
        submitButton(t('trackSubmit')),
      ]),
    ],
  }
}

function byNumber({ t }: Reader, typed: Typed, faults: Faults): VNodeChild {
  const input = (name: string, label: string, hint: string, more: object): VNodeChild =>
    field({ name, label, hint, faults, control: (a) => h('input', { ...a, autocomplete: 'off', value: typed[name] ?? '', ...more }) })
  return h('fieldset', { class: 'group' }, [
    h('legend', t('trackByNumber')),
    input('number', t('receiptNumber'), t('numberHint'), { class: 'input code', maxlength: 30, spellcheck: 'false' }),
    input('phoneTail', t('phoneTail'), t('phoneTailHint'), { class: 'input code short', maxlength: 4, inputmode: 'numeric' }),
  ])
}

function byCode({ t }: Reader, typed: Typed, faults: Faults): VNodeChild {
  const more = { class: 'input code', maxlength: 40, autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false' }
  return h('fieldset', { class: 'group' }, [
    h('legend', t('trackByCode')),
    field({
      name: 'trackingCode',
      label: t('code'),
      hint: t('trackLead'),
      faults,
      control: (a) => h('input', { ...a, ...more, value: typed['trackingCode'] ?? '' }),
    }),
  ])
}

/** What the caller just did or tried on the page of a case. */
export interface Tried {
  readonly typed?: Typed
  readonly faults?: Faults
  readonly notice?: string
}

/** Fields by which the forms of a case's page show again that it is the reader's. */
function proofFields(proof: Proof): Readonly<Record<string, string>> {
  return typeof proof === 'string' ? { trackingCode: proof } : { number: proof.number, phoneTail: proof.phoneTail }
}

const hiddenProof = (proof: Proof): VNodeChild[] => Object.entries(proofFields(proof)).map(([name, value]) => hidden(name, value))

/** One case in plain words, for whoever holds its code or knows its number and telephone. */
export function casePage(
  reader: Reader,
  one: PublicCase,
  proof: Proof,
  photos: readonly ShownPhoto[],
  { typed = {}, faults = {}, notice = '' }: Tried = {},
): PageParts {
  const { t, say } = reader
  const title = t('caseTitle', { number: one.number })
  return {
    at: 'case',
    title,
    hasErrors: hasFaults(faults),
    ...(one.mayRate ? { keepForm: 'rate' } : { keepFields: proofFields(proof) }),
    content: [
      errorSummary(reader, faults),
      notice ? h('p', { class: 'notice', role: 'status' }, notice) : null,
      one.sample && !reader.site.sample ? h('p', { class: 'banner', role: 'note' }, t('sampleBanner')) : null,
      h('h1', title),
      h('section', { class: 'now' }, [h('p', { class: 'now-status' }, say(one.statusName)), h('p', plainWords(reader, one)), nextDate(reader, one)]),
      one.mainNumber ? h('p', t('mergedWith', { number: one.mainNumber })) : null,
      partList(reader, one),
      ...outcome(reader, one, proof, { typed, faults }),
      factList(reader, one, proof),
      photoStrip(reader, photos),
      story(reader, one),
      ...(typeof proof === 'string' ? actsByCode(reader, one, proof, faults) : [h('p', { class: 'soft' }, t('tailSees'))]),
      h('p', { class: 'no-print' }, h('a', { href: '/track' }, t('trackOther'))),
    ],
  }
}

/** What only the code opens. */
function actsByCode(reader: Reader, one: PublicCase, code: string, faults: Faults): VNodeChild[] {
  return [isOver(one) ? null : photoForm(reader, code, faults), one.mayWithdraw ? withdrawForm(reader, code, one) : null]
}

/** The result, and what its caller thinks of it. */
function outcome(reader: Reader, one: PublicCase, proof: Proof, { typed = {}, faults = {} }: Tried): VNodeChild[] {
  const { t, say } = reader
  const rating = ratingNames[one.rating as keyof typeof ratingNames] ?? null
  return [
    one.rejection ? h('p', t('rejection', { reason: say(one.rejection) })) : null,
    one.result ? h('section', { class: 'result' }, [h('h2', t('result')), h('p', { class: 'typed' }, one.result)]) : null,
    one.mayRate ? rateForm(reader, hiddenProof(proof), typed, faults) : null,
    rating ? h('p', t('rated', { rating: say(rating) })) : null,
    one.mayUnrate ? unrateForm(reader, hiddenProof(proof)) : null,
  ]
}

function factList({ t, say, language }: Reader, one: PublicCase, proof: Proof): VNodeChild {
  return h('dl', { class: 'facts' }, [
    ...fact(t('said'), one.text),
    ...fact(t('place'), say(one.place)),
    ...fact(t('matter'), say(one.matter)),
    ...fact(t('holder'), say(one.holder)),
    ...fact(t('others'), one.others.map(say).join(t('and'))),
    ...fact(t('due'), one.disposeDueAt && !isOver(one) ? timeWords(one.disposeDueAt, language) : ''),
    ...fact(t('code'), typeof proof === 'string' ? inFours(proof) : ''),
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

/** What a call of several matters was made into, each with where it stands. */
function partList({ t, say }: Reader, { parts }: PublicCase): VNodeChild {
  if (parts.length === 0) return null
  const items = parts.map((part) =>
    h('li', [
      h('strong', say(part.statusName)),
      h('span', part.text || say(part.matter)),
      part.holder ? h('span', { class: 'soft' }, t('partHeld', { holder: say(part.holder) })) : null,
      part.result ? h('p', { class: 'typed' }, part.result) : null,
    ]),
  )
  return h('section', [h('h2', t('parts')), h('ol', { class: 'story' }, items)])
}

const isOver = ({ status }: PublicCase): boolean => !statusNames[status].open

function plainWords({ t, say, site }: Reader, one: PublicCase): string {
  const done = one.status === 'split' && one.partsDone ? 'plain_splitDone' : (`plain_${one.status}` as const)
  const key = one.status === 'closed' && one.rating !== null ? 'plain_closedRated' : done
  return t(key, { holder: say(one.holder) || t('someUnit'), phone: site.phone, service: say(one.handedTo) })
}

/** What the reader may expect next, and by when. */
function nextDate({ t, language }: Reader, one: PublicCase): VNodeChild {
  const [key, at] = one.status === 'dispatched' ? (['nextContact', one.respondDueAt] as const) : (['nextDone', one.disposeDueAt] as const)
  return at && !isOver(one) ? h('p', { class: 'next' }, t(key, { at: timeWords(at, language) })) : null
}

function fact(name: string, value: string): VNodeChild[] {
  return value ? [h('dt', name), h('dd', value)] : []
}

function withdrawForm({ t }: Reader, proof: Proof, { status }: PublicCase): VNodeChild {
  const isLate = status === 'contacted' || status === 'merged'
  return h('form', { method: 'post', action: '/withdraw', class: 'panel no-print' }, [
    h('h2', t('withdrawTitle')),
    h('p', { class: 'hint' }, t(isLate ? 'withdrawSoon' : 'withdrawLead')),
    hidden('page', 'case'),
    ...hiddenProof(proof),
    hidden('commandId', newId()),
    submitButton(t('withdrawSubmit'), 'danger'),
  ])
}
