import type { Actor } from '#kernel/actor.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { CaseServices } from '../commands.ts'
import type { CaseSummary } from '../contract.ts'
import { filterOf, mayWork, viewOf, type Narrowing, type ReadTx } from '../questions.ts'
import type { CaseRecord } from '../record.ts'
import type { Rules } from '../rules.ts'
import { organisationName, summaryOf } from '../view.ts'
import { MOST_ROWS, WINDOW_ROWS } from './contract.ts'
import { casesByNumber, numbersInOrder, overdueGroups } from './store.ts'

/** The order of a view, and its first `rows` rows. */
export async function queueOf(services: CaseServices, actor: Actor, { rows, ...asked }: Narrowing & { rows: number }) {
  const rules = services.rules()
  const now = services.clock.now()
  const filter = filterOf(asked, actor, rules, now)
  return inTransaction(services.database, async (tx: ReadTx) => {
    const numbers = await numbersInOrder(tx, filter, asked.view === 'all', MOST_ROWS + 1)
    const shown = numbers.slice(0, MOST_ROWS)
    const first = shown.slice(0, rows)
    const found = first.length === 0 ? [] : await casesByNumber(tx, first, filter.mayRead)
    return { numbers: shown, complete: numbers.length === shown.length, items: inOrder(first, found).map(rowFor(actor, rules, now)), now }
  })
}

/** Rows by number; what the actor may not see is left out. */
export async function rowsOf(services: CaseServices, actor: Actor, numbers: readonly string[]) {
  const rules = services.rules()
  const now = services.clock.now()
  const asked = [...new Set(numbers)].filter((number) => /^\d{6}-\d{8}-\d{5}$/.test(number)).slice(0, WINDOW_ROWS)
  const mayRead = rules.policy.visible(actor, 'case.read', 'case', 'c')
  const found = asked.length === 0 ? [] : await inTransaction(services.database, (tx: ReadTx) => casesByNumber(tx, asked, mayRead))
  return { items: inOrder(asked, found).map(rowFor(actor, rules, now)), now }
}

/** What has run out of time or is about to, by street and unit. */
export async function overdueOf(services: CaseServices, actor: Actor, areaCode: string | undefined) {
  const rules = services.rules()
  const now = services.clock.now()
  const filter = filterOf({ view: 'open', areaCode }, actor, rules, now)
  const [overdue, soon] = [viewOf('overdue', actor, rules, now), viewOf('soon', actor, rules, now)]
  const groups = await inTransaction(services.database, (tx: ReadTx) => overdueGroups(tx, filter, overdue, soon))
  return { groups: groups.map((group) => ({ ...group, unit: organisationName(group.unitId, rules) })), now }
}

function inOrder(numbers: readonly string[], found: readonly CaseRecord[]): CaseRecord[] {
  const byNumber = new Map(found.map((record) => [record.number, record]))
  return numbers.flatMap((number) => byNumber.get(number) ?? [])
}

const rowFor =
  (actor: Actor, rules: Rules, now: Parameters<typeof summaryOf>[2]) =>
  (record: CaseRecord): CaseSummary =>
    summaryOf(record, rules, now, mayWork(record, actor, rules))
