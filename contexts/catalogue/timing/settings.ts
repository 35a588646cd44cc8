import { z } from 'zod'
import type { LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { Danger, Settings } from '../catalogue.ts'
import { emergencyServices, type EmergencyService } from '#kernel/emergency.ts'
import { refuse } from '../refusals.ts'
import { inForce } from './dated.ts'

/** A single value of a city, from a day on. */
export interface DatedSetting {
  readonly key: string
  readonly effectiveFrom: LocalDate
  readonly value: string | number | boolean
  readonly meaning: Wording
}

const Word = z.string().min(1).max(20)
const Share = z.number().min(0).max(1)
const Days = z.number().min(0).max(366)
const Words = z.string().max(2000)
const Sentence = z.string().max(100)

const shapes = {
  'time.zone': z.string().refine(isZone),
  'time.workDayMinutes': z.number().int().min(1).max(1440),
  'matching.floor': z.number().min(0).max(1),
  'limit.redispatch': z.number().positive().max(240),
  'whistle.word.zh': Word,
  'whistle.word.en': Word,
  'whistle.answer.zh': Word,
  'whistle.answer.en': Word,
  'whistle.rate.days': z.number().int().min(1).max(366),
  'whistle.rate.least': z.number().int().min(1),
  'whistle.rate.low': z.number().min(0).max(1),
  'whistle.rate.high': z.number().min(0).max(1),
  'whistle.hearing.hours': z.number().min(0).max(240),
  'words.callUp': z.string().min(1).max(20),
  'words.callUp.en': z.string().min(1).max(40),
  'words.sendDown': z.string().min(1).max(20),
  'words.sendDown.en': z.string().min(1).max(40),
  'callBack.percent': z.number().positive().max(100),
  'callBack.minimumPerStreet': z.number().int().min(0).max(1000),
  'duplicate.metres': z.number().min(1).max(5000),
  'duplicate.days.patrol': Days,
  'duplicate.days.emergency': Days,
  'duplicate.days.daily': Days,
  'duplicate.closedDays': Days,
  'duplicate.floor': Share,
  'duplicate.copyFloor': Share,
  'danger.110': Words,
  'danger.119': Words,
  'danger.120': Words,
  'danger.122': Words,
  'delegation.noticeDays': z.number().int().min(1).max(366),
  'portal.phone': z.string().regex(/^\+?[\d -]{3,20}$/),
  'portal.hours.zh': Sentence,
  'portal.hours.en': Sentence,
  'portal.link': z
    .string()
    .max(300)
    .regex(/^(https?:\/\/[^\s"'<>]+)?$/),
  'portal.link.zh': Sentence,
  'portal.link.en': Sentence,
} as const

/** Refuses a setting that nothing reads or that has an impossible value. */
export function checkSetting({ key, value }: Pick<DatedSetting, 'key' | 'value'>): void {
  const shape = Object.hasOwn(shapes, key) ? shapes[key as keyof typeof shapes] : undefined
  if (!shape) throw refuse.unknownSetting({ key, known: Object.keys(shapes).join(', ') })
  if (!shape.safeParse(value).success) throw refuse.badSetting({ key, value: String(value) })
}

/** The values in force on a day. Each has a default from a migration. */
export function settingsOn(rows: readonly DatedSetting[], on: LocalDate): Settings {
  const values = Object.fromEntries(inForce(rows, on, (row) => row.key).map(({ key, value }) => [key, value]))
  const read = z.object(shapes).parse(values)
  return {
    zone: read['time.zone'],
    workDayMinutes: read['time.workDayMinutes'],
    floor: read['matching.floor'],
    redispatchHours: read['limit.redispatch'],
    whistle: whistleSettings(read),
    words: {
      callUp: { zh: read['words.callUp'], en: read['words.callUp.en'] },
      sendDown: { zh: read['words.sendDown'], en: read['words.sendDown.en'] },
    },
    callBack: { percent: read['callBack.percent'], minimumPerStreet: read['callBack.minimumPerStreet'] },
    duplicates: duplicateRules(read),
    dangers: emergencyServices.flatMap((service) => dangersOf(service, read[`danger.${service}`])),
    noticeDays: read['delegation.noticeDays'],
    portal: portalSettings(read),
  }
}

function whistleSettings(read: z.infer<z.ZodObject<typeof shapes>>): Settings['whistle'] {
  return {
    word: { zh: read['whistle.word.zh'], en: read['whistle.word.en'] },
    answer: { zh: read['whistle.answer.zh'], en: read['whistle.answer.en'] },
    rate: {
      days: read['whistle.rate.days'],
      least: read['whistle.rate.least'],
      low: read['whistle.rate.low'],
      high: read['whistle.rate.high'],
    },
    hearingHours: read['whistle.hearing.hours'],
  }
}

type Values = z.infer<z.ZodObject<typeof shapes>>

function portalSettings(read: Values): Settings['portal'] {
  const [hours, link] = [read['portal.hours.zh'].trim(), read['portal.link'].trim()]
  return {
    phone: read['portal.phone'],
    hours: hours === '' ? null : { zh: hours, en: read['portal.hours.en'].trim() || hours },
    link: link === '' ? null : { address: link, name: { zh: read['portal.link.zh'] || link, en: read['portal.link.en'] || link } },
  }
}

function duplicateRules(read: Values): Settings['duplicates'] {
  return {
    metres: read['duplicate.metres'],
    days: { patrol: read['duplicate.days.patrol'], emergency: read['duplicate.days.emergency'], daily: read['duplicate.days.daily'] },
    closedDays: read['duplicate.closedDays'],
    floor: read['duplicate.floor'],
    copyFloor: read['duplicate.copyFloor'],
  }
}

const dangersOf = (service: EmergencyService, words: string): Danger[] =>
  words.split(/\s+/).flatMap((word) => (word === '' ? [] : [{ service, word }]))

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
