/** The pages of a report: one question each, in the order in which they are asked. */
import type { DraftAnswers } from '#contexts/cases/index.ts'
import type { Faults } from '../form.ts'
import type { Reader } from '../page.ts'

export const questionNames = ['what', 'where', 'same', 'photo', 'contact', 'check'] as const
export type QuestionName = (typeof questionNames)[number]

export const pathOf: Readonly<Record<QuestionName, string>> = {
  what: '/report',
  where: '/report/where',
  same: '/report/same',
  photo: '/report/photo',
  contact: '/report/contact',
  check: '/report/check',
}

/** Fields that each page keeps. Nothing else that a browser sends is looked at. */
export const fieldsOf: Readonly<Record<QuestionName, readonly string[]>> = {
  what: ['text'],
  where: ['address', 'areaCode', 'lng', 'lat', 'accuracy'],
  same: ['joins'],
  photo: [],
  contact: ['callerName', 'callerPhone', 'publish'],
  check: [],
}

export const nextOf = (name: QuestionName): QuestionName => questionNames[questionNames.indexOf(name) + 1] ?? 'check'
export const beforeOf = (name: QuestionName): QuestionName | undefined => questionNames[questionNames.indexOf(name) - 1]

/** What is wrong with the answers of one page, by field. */
export function faultsOf(name: QuestionName, { t }: Reader, answers: DraftAnswers): Faults {
  const said = (field: string): string => answers[field]?.trim() ?? ''
  const located = said('areaCode') || said('address') || (said('lng') && said('lat'))
  const phone = said('callerPhone')
  const checks: Readonly<Record<QuestionName, readonly (readonly [field: string, wrong: boolean, sentence: string])[]>> = {
    what: [
      ['text', said('text').length < 2, t('errText')],
      ['text', said('text').length > 2000, t('errTextLong')],
    ],
    where: [['address', !located, t('errPlace')]],
    same: [],
    photo: [],
    contact: [['callerPhone', phone !== '' && !/^[\d +()-]{5,20}$/.test(phone), t('errPhone')]],
    check: [],
  }
  return Object.fromEntries(checks[name].filter(([, wrong]) => wrong).map(([field, , sentence]) => [field, sentence]))
}

/** The first page whose answers are not complete. */
export function firstIncomplete(reader: Reader, answers: DraftAnswers): QuestionName | undefined {
  return questionNames.find((name) => Object.keys(faultsOf(name, reader, answers)).length > 0)
}

/** The page that asks for a field that the server refused. */
export function questionOf(field: string): QuestionName | undefined {
  return questionNames.find((name) => fieldsOf[name].includes(field))
}
