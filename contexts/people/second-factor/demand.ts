import type { LocalDate } from '#kernel/clock.ts'
import type { FactorDemand } from '../lifecycle.ts'

/** One row of people.second_factor_rule. */
export interface FactorRule {
  readonly role: string
  readonly effectiveFrom: LocalDate
  readonly demand: FactorDemand
}

/** The row of a role that is in force on a day. */
export function ruleOn(rules: readonly FactorRule[], role: string, on: LocalDate): FactorRule | undefined {
  const own = rules.filter((rule) => rule.role === role && rule.effectiveFrom <= on)
  return own.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0]
}

const strength: Readonly<Record<FactorDemand, number>> = { none: 0, ask: 1, require: 2 }

/** What a day's rules ask of somebody with these roles: the strongest of them. Nobody is forced with an invented account: its password is printed. */
export function demandOf(rules: readonly FactorRule[], roles: readonly string[], { on, sample }: { on: LocalDate; sample: boolean }): FactorDemand {
  const asked = roles.map((role) => ruleOn(rules, role, on)?.demand ?? 'none')
  const strongest = asked.toSorted((a, b) => strength[b] - strength[a])[0] ?? 'none'
  return sample && strongest === 'require' ? 'ask' : strongest
}
