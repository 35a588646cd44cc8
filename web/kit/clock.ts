/**
 * Time on the screens, corrected by the server's clock: a phone that is ten minutes wrong still counts deadlines rightly.
 * With kernel/clock.ts the only file that may use `Date`.
 */
import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue'
import { DAY_MS, HOUR_MS, MINUTE_MS, instantOfMs, msOf, type Instant } from '#kernel/clock.ts'
import type { Language } from '#kernel/refusal.ts'
import { language, textIn, texts } from './text.ts'

/** Server's time minus this machine's, in milliseconds. */
let correction = 0
const ticks = shallowRef(Date.now())
let listeners = 0
let timer: ReturnType<typeof setInterval> | undefined

/** A time stamp of this machine (milliseconds) as an instant of the server. */
export function instantOfStamp(ms: number): Instant {
  return instantOfMs(ms + correction)
}

/** Takes the server's `now` from a reply. A difference under two seconds is the network's and is left alone, so that clocks do not jitter. */
export function noteServerNow(now: string): void {
  const found = Date.parse(now) - Date.now()
  if (Number.isFinite(found) && Math.abs(found - correction) > 2000) correction = found
  ticks.value = Date.now()
}

/** The server's time as a value that moves every second while a component shows it. */
export function useNow(): ComputedRef<Instant> {
  listeners += 1
  timer ??= setInterval(() => (ticks.value = Date.now()), 1000)
  onScopeDispose(() => {
    listeners -= 1
    if (listeners > 0) return
    clearInterval(timer)
    timer = undefined
  })
  return computed(() => instantOfMs(ticks.value + correction))
}

const words = texts(
  {
    left: '剩 {span}',
    over: '超时 {span}',
    days: '{n} 天',
    hours: '{n} 小时',
    minutes: '{n} 分',
    seconds: '{n} 秒',
    soon: '不到 1 分',
    ago: '{span}前',
    now: '刚刚',
    gap: ' ',
    today: '今天 {time}',
    tomorrow: '明天 {time}',
    yesterday: '昨天 {time}',
  },
  {
    left: '{span} left',
    over: '{span} over',
    days: '{n} d',
    hours: '{n} h',
    minutes: '{n} min',
    seconds: '{n} s',
    soon: 'under 1 min',
    ago: '{span} ago',
    now: 'just now',
    gap: ' ',
    today: 'today {time}',
    tomorrow: 'tomorrow {time}',
    yesterday: 'yesterday {time}',
  },
)

/** A span in the two largest units that matter: `2 小时 10 分`. Days hide minutes; seconds only when asked, in the last hour. */
export function spanWords(ms: number, chosen: Language, withSeconds = false): string {
  const t = textIn(words, chosen)
  const whole = Math.abs(ms)
  const days = Math.floor(whole / DAY_MS)
  const hours = Math.floor((whole % DAY_MS) / HOUR_MS)
  const minutes = Math.floor((whole % HOUR_MS) / MINUTE_MS)
  const parts: string[] = []
  if (days > 0) parts.push(t('days', { n: days }))
  if (hours > 0) parts.push(t('hours', { n: hours }))
  if (minutes > 0 && days === 0) parts.push(t('minutes', { n: minutes }))
  if (withSeconds && days === 0 && hours === 0) parts.push(t('seconds', { n: Math.floor((whole % MINUTE_MS) / 1000) }))
  return parts.length > 0 ? parts.join(t('gap')) : t('soon')
}

/** What a deadline says now: `剩 2 小时 10 分` or `超时 35 分`. */
export function dueWords(dueAt: string, now: string, chosen: Language = language.value, withSeconds = false): string {
  const left = msOf(dueAt as Instant) - msOf(now as Instant)
  return textIn(words, chosen)(left >= 0 ? 'left' : 'over', { span: spanWords(left, chosen, withSeconds) })
}

/** How long ago: `5 分前`; under a minute `刚刚`. */
export function agoWords(at: string, now: string, chosen: Language = language.value): string {
  const t = textIn(words, chosen)
  const passed = msOf(now as Instant) - msOf(at as Instant)
  return passed < MINUTE_MS ? t('now') : t('ago', { span: spanWords(passed, chosen) })
}

/** Share of a clock's span that has passed, 0 to 1. */
export function shareOfSpan(startsAt: string, dueAt: string, now: string): number {
  const start = msOf(startsAt as Instant)
  const whole = msOf(dueAt as Instant) - start
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, (msOf(now as Instant) - start) / whole))
}

const formats = new Map<string, Intl.DateTimeFormat>()
function format(key: string, options: Intl.DateTimeFormatOptions, at: string, zone: string, chosen: Language): string {
  const id = `${key} ${zone} ${chosen}`
  const made = formats.get(id) ?? new Intl.DateTimeFormat(chosen === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: zone, hourCycle: 'h23', ...options })
  formats.set(id, made)
  return made.format(msOf(at as Instant))
}
const dayKey = (at: string, zone: string): string => format('key', { year: 'numeric', month: '2-digit', day: '2-digit' }, at, zone, 'zh')

/** The city's business zone; every time on a screen is shown in it, wherever the reader sits. */
export const CITY_ZONE = 'Asia/Shanghai'

/** Day and minute in the city's zone: `2026年3月2日 09:30`. */
export function timeWords(at: string, chosen: Language = language.value, zone = CITY_ZONE): string {
  return format(
    'full',
    { year: 'numeric', month: chosen === 'zh' ? 'long' : 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
    at,
    zone,
    chosen,
  )
}

/** Short time beside `now`: `今天 09:30`, `明天 17:00`, else `3月2日 09:30`, with the year when it is another one. */
export function shortTimeWords(at: string, now: string, chosen: Language = language.value, zone = CITY_ZONE): string {
  const t = textIn(words, chosen)
  const time = format('time', { hour: '2-digit', minute: '2-digit' }, at, zone, chosen)
  const shift = (days: number): string => dayKey(instantOfMs(msOf(now as Instant) + days * DAY_MS), zone)
  const day = dayKey(at, zone)
  if (day === shift(0)) return t('today', { time })
  if (day === shift(1)) return t('tomorrow', { time })
  if (day === shift(-1)) return t('yesterday', { time })
  if (day.slice(0, 4) !== shift(0).slice(0, 4)) return timeWords(at, chosen, zone)
  return format('short', { month: chosen === 'zh' ? 'long' : 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }, at, zone, chosen)
}
