import { maskAddress, maskName, maskNumbersInText, maskPhone } from '#contexts/people/index.ts'
import type { Condition } from '#contexts/catalogue/index.ts'
import type { Instant } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { CaseSummary } from './contract.ts'
import { isGuess } from './guess.ts'
import type { CaseRecord } from './record.ts'
import type { Rules } from './rules.ts'

/** Names from street to grid, or the district's where nothing more is known. */
export function placeName(areaCode: string, rules: Rules): Wording {
  const path = rules.territory.path(areaCode)
  const shown = path.filter((area) => area.code.length > 6)
  const names = shown.length > 0 ? shown : path.slice(-1)
  if (names.length === 0) return { zh: areaCode, en: areaCode }
  return { zh: names.map((area) => area.name.zh).join(' '), en: names.map((area) => area.name.en ?? area.name.zh).join(', ') }
}

export function organisationName(id: string | null, rules: Rules): Wording | null {
  return id === null ? null : (rules.directory.organisations.get(id)?.name ?? null)
}

/** A filing condition as a person chooses it: the matter, and what exactly is wrong with it. */
export function conditionName(condition: Condition | undefined): Wording {
  if (!condition) return { zh: '' }
  const { matterName, description } = condition
  return {
    zh: [matterName.zh, description.zh].filter(Boolean).join('：'),
    en: [matterName.en ?? matterName.zh, description.en ?? description.zh].filter(Boolean).join(': '),
  }
}

/** A row of the queue. Numbers of persons in the text are masked; the full address is shown only to whom works on the case. */
export function summaryOf(record: CaseRecord, rules: Rules, now: Instant, showAddress: boolean): CaseSummary {
  return {
    districtCode: record.districtCode,
    id: record.id,
    number: record.number,
    version: record.version,
    status: record.status,
    channel: record.channel,
    text: maskNumbersInText(record.text),
    matter: record.matterName,
    guess: isGuess(record, rules.catalogue),
    conditionId: record.conditionId,
    tier: record.tier,
    areaCode: record.areaCode,
    place: placeName(record.areaCode, rules),
    address: record.address === null ? null : showAddress ? record.address : maskAddress(record.address),
    holder: organisationName(record.leadOrganisationId, rules),
    reportedAt: record.reportedAt,
    respondDueAt: record.respondDueAt,
    disposeDueAt: record.disposeDueAt,
    clockDueAt: record.clockDueAt,
    suspendedUntil: record.suspendedUntil,
    soonAt: record.clockSoonAt,
    overdue: record.clockDueAt !== null && record.clockDueAt < now,
    triageReason: record.triageReason,
    reworkCount: record.reworkCount,
    reopenCount: record.reopenCount,
    sample: record.sample,
  }
}

/** The caller as anybody without a purpose sees him. */
export function maskedCaller(caller: { name: string | null; phone: string | null }): { name: string | null; phone: string | null } | null {
  if (caller.name === null && caller.phone === null) return null
  return { name: caller.name && maskName(caller.name), phone: caller.phone && maskPhone(caller.phone) }
}
