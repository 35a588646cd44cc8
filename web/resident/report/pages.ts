import { h, type VNodeChild } from 'vue'
import { emergencyServices } from '#kernel/emergency.ts'
import type { AlikeForResident, DraftAnswers } from '#contexts/cases/index.ts'
import { statusNames } from '#contexts/cases/lifecycle.ts'
import { timeWords } from '#web/kit/clock.ts'
import { errorSummary, field, hasFaults, hidden, submitButton, type Faults } from '../form.ts'
import type { PageParts, Reader } from '../page.ts'
import type { PlaceGroup } from '../places.ts'
import { beforeOf, pathOf, type QuestionName } from './questions.ts'

/** What a page of the report shows besides its question. */
export interface Asked {
  readonly answers: DraftAnswers
  readonly faults: Faults
  readonly places: readonly PlaceGroup[]
  /** Where the point of the answers lies, in words; undefined without one. */
  readonly pointAt: string | undefined
  /** What the map shows at first; undefined where there is nothing to show. */
  readonly span: readonly number[] | undefined
  readonly alike: readonly AlikeForResident[]
  readonly photos: readonly { readonly id: string; readonly address: string }[]
  /** The reader came from the page of answers and goes back there. */
  readonly back: boolean
}

/** “Is it this one?” is asked only where something is known, so it does not count. */
const stepOf: Readonly<Record<QuestionName, number>> = { what: 1, where: 2, same: 2, photo: 3, contact: 4, check: 5 }

type Body = (reader: Reader, asked: Asked) => readonly VNodeChild[]

/** One question as a page: where one is, the errors, the question, one button. */
export function questionPage(name: QuestionName, reader: Reader, asked: Asked): PageParts {
  const { t } = reader
  const title = t(`q_${name}`)
  const before = asked.back ? 'check' : beforeOf(name)
  return {
    at: name,
    title,
    hasErrors: hasFaults(asked.faults),
    keepForm: 'question',
    content: [
      errorSummary(reader, asked.faults),
      h('p', { class: 'soft step' }, [
        before ? h('a', { class: 'back', href: pathOf[before] }, t('backward')) : null,
        h('span', t('step', { n: stepOf[name], of: stepOf.check })),
      ]),
      h('h1', title),
      name === 'what' ? dangerLine(reader) : null,
      h(
        'form',
        { id: 'question', method: 'post', action: pathOf[name], novalidate: true, enctype: name === 'photo' ? 'multipart/form-data' : undefined },
        [hidden('page', name), asked.back ? hidden('back', 'check') : null, ...bodies[name](reader, asked)],
      ),
    ],
  }
}

const bodies: Readonly<Record<QuestionName, Body>> = {
  what: (reader, { answers, faults }) => [
    field({
      name: 'text',
      label: reader.t('whatHappened'),
      hint: reader.t('whatHint'),
      faults,
      control: (a) => h('textarea', { ...a, class: 'area', rows: 5, maxlength: 2000, required: true }, answers['text'] ?? ''),
    }),
    submitButton(reader.t('goOn')),
  ],
  where: (reader, asked) => [...placeFields(reader, asked), submitButton(reader.t('goOn'))],
  same: sameBody,
  photo: photoBody,
  contact: contactBody,
  check: checkBody,
}

/** Whoever is in danger should not be filling in forms. The numbers are links, so that a telephone dials when its owner presses. */
function dangerLine({ t }: Reader): VNodeChild {
  const numbers = emergencyServices.flatMap((service) => [' ', h('a', { href: `tel:${service}` }, t('dial', { service }))])
  return h('p', { class: 'danger' }, [t('dangerFirst'), ...numbers])
}

function placeFields(reader: Reader, asked: Asked): VNodeChild[] {
  const { t, say } = reader
  const { answers, faults, places } = asked
  const option = ({ code, name }: PlaceGroup['options'][number]) =>
    h('option', { value: code, selected: answers['areaCode'] === code || undefined }, say(name))
  return [
    field({
      name: 'address',
      label: t('address'),
      hint: t('addressHint'),
      faults,
      control: (a) => h('input', { ...a, class: 'input', maxlength: 200, autocomplete: 'street-address', value: answers['address'] ?? '' }),
    }),
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
    positionBox(reader, asked),
  ]
}

// Filled in by the script; without one the box stays hidden and the fields above do the work.
function positionBox({ t, site }: Reader, { answers, pointAt, span }: Asked): VNodeChild {
  const words = { 'data-looking': t('positionLooking'), 'data-found': t('positionFound', { n: '#' }), 'data-refused': t('positionRefused') }
  const pinWords = {
    'data-pinned': t('pinned', { place: '#' }),
    'data-outside': t('pinOutside'),
    'data-near': t('pinNear', { place: '#', road: '@' }),
  }
  const act = (name: string, label: string, hide: boolean): VNodeChild =>
    h('button', { type: 'button', class: 'button', 'data-act': name, hidden: hide }, label)
  const hasMap = site.map !== undefined && span !== undefined
  const at = { 'data-at': pointAt === undefined ? undefined : t('pinned', { place: pointAt }), 'data-failed': t('mapFailed') }
  return h('div', { class: 'position', id: 'position', hidden: true, ...words, ...pinWords, ...at }, [
    h('div', { class: 'position-acts' }, [act('use', t('usePosition'), false), hasMap ? act('map', t('mapOpen'), false) : null]),
    hasMap ? mapBox(t, site.map, span) : null,
    h('p', { role: 'status' }),
    h('div', { class: 'position-acts' }, [act('undo', t('pinUndo'), true), act('drop', t('positionDrop'), true)]),
    ...['lng', 'lat', 'accuracy'].map((name) => hidden(name, answers[name] ?? '')),
  ])
}

function mapBox(t: Reader['t'], src: string | undefined, span: readonly number[]): VNodeChild {
  const told = {
    label: t('mapLabel'),
    help: t('mapHelp'),
    zoomIn: t('mapZoomIn'),
    zoomOut: t('mapZoomOut'),
    north: t('pinNorth'),
    south: t('pinSouth'),
    west: t('pinWest'),
    east: t('pinEast'),
    credit: t('mapCredit'),
  }
  return h('div', {
    class: 'place-map',
    id: 'place-map',
    hidden: true,
    'data-src': src,
    'data-box': JSON.stringify(span),
    'data-words': JSON.stringify(told),
  })
}

function sameBody({ t, say, language }: Reader, { answers, alike }: Asked): VNodeChild[] {
  const choice = (value: string, content: VNodeChild[], id?: string) =>
    h('label', { class: 'choice' }, [
      h('input', { type: 'radio', name: 'joins', id, value, checked: (answers['joins'] ?? '') === value || undefined }),
      h('span', content),
    ])
  const items = alike.map((one, index) => {
    const near = one.metres === null ? '' : t('sameMetres', { n: one.metres })
    const about = [
      say(one.place),
      near,
      one.reportedAt === null ? '' : t('sameSince', { at: timeWords(one.reportedAt, language) }),
      say(statusNames[one.status]),
    ]
    return choice(
      one.id,
      [h('strong', say(one.matter)), h('span', { class: 'soft choice-about' }, about.filter(Boolean).join(t('comma')))],
      index === 0 ? 'joins' : undefined,
    )
  })
  return [
    h('fieldset', { class: 'group' }, [
      h('legend', t('sameLegend')),
      h('p', { class: 'hint' }, t('sameHint')),
      h('div', { class: 'choices' }, [...items, choice('', [h('strong', t('sameNone'))])]),
    ]),
    submitButton(t('goOn')),
  ]
}

function photoBody({ t }: Reader, { faults, photos }: Asked): VNodeChild[] {
  const shown = photos.map(({ id, address }, index) =>
    h('li', [
      h('img', { src: address, alt: t('photoOfCaller', { n: index + 1 }) }),
      h('button', { type: 'submit', class: 'button', name: 'drop', value: id }, t('photoDrop', { n: index + 1 })),
    ]),
  )
  return [
    photos.length > 0 ? h('ul', { class: 'photos' }, shown) : null,
    field({
      name: 'photo',
      label: t('photosChoose'),
      hint: t('photosHint'),
      optional: t('optional'),
      faults,
      control: (a) => h('input', { ...a, class: 'input', type: 'file', accept: 'image/jpeg,image/png,image/webp', multiple: true }),
    }),
    submitButton(t('photosGoOn')),
  ]
}

function contactBody({ t }: Reader, { answers, faults }: Asked): VNodeChild[] {
  const input = (name: string, label: string, more: object): VNodeChild =>
    field({ name, label, optional: t('optional'), faults, control: (a) => h('input', { ...a, class: 'input', value: answers[name] ?? '', ...more }) })
  const publish = (value: string, label: string) =>
    h('label', { class: 'choice' }, [
      h('input', { type: 'radio', name: 'publish', value, checked: (answers['publish'] ?? 'no') === value || undefined }),
      h('span', label),
    ])
  return [
    h('p', { class: 'hint' }, t('contactHint')),
    input('callerName', t('callerName'), { maxlength: 50, autocomplete: 'name' }),
    input('callerPhone', t('callerPhone'), { type: 'tel', maxlength: 20, autocomplete: 'tel' }),
    h('fieldset', { class: 'group' }, [
      h('legend', t('publish')),
      h('p', { class: 'hint' }, t('publishHint')),
      h('div', { class: 'choices' }, [publish('no', t('publishNo')), publish('yes', t('publishYes'))]),
    ]),
    h('p', { class: 'consent' }, t('consent')),
    submitButton(t('goOn')),
  ]
}

function checkBody({ t, say }: Reader, { answers, places, photos, alike, pointAt }: Asked): VNodeChild[] {
  const area = places.flatMap(({ options }) => options).find(({ code }) => code === answers['areaCode'])
  const position = answers['accuracy'] ? t('positionFound', { n: answers['accuracy'] }) : pointAt === undefined ? '' : t('pinned', { place: pointAt })
  const place = [answers['address'] ?? '', area ? say(area.name) : '', position].filter(Boolean).join(t('comma'))
  const joined = alike.find(({ id }) => id === answers['joins'])
  const contact = [answers['callerName'] ?? '', answers['callerPhone'] ?? ''].filter(Boolean).join(t('comma'))
  const row = (name: Exclude<QuestionName, 'check'>, value: string): VNodeChild =>
    h('div', { class: 'answer' }, [
      h('dt', t(`a_${name}`)),
      h('dd', { class: 'typed' }, value || t('answerNone')),
      h('dd', h('a', { href: `${pathOf[name]}?back=check`, 'aria-label': t('changeOf', { what: t(`a_${name}`) }) }, t('change'))),
    ])
  return [
    h('dl', { class: 'answers' }, [
      row('what', answers['text'] ?? ''),
      row('where', place),
      alike.length > 0 ? row('same', joined ? t('sameJoined', { matter: say(joined.matter) }) : t('sameNone')) : null,
      row('photo', photos.length > 0 ? t('photoCount', { n: photos.length }) : ''),
      row('contact', [contact, t(answers['publish'] === 'yes' ? 'publishYes' : 'publishNo')].filter(Boolean).join('\n')),
    ]),
    submitButton(t('submit')),
    h('p', { class: 'hint' }, t('submitHint')),
  ]
}
