/** What a move of one case means for the cases that are merged with it. Everything stays on the bench of the same transaction. */
import type { Instant } from '#kernel/clock.ts'
import type { NewEvent } from '#platform/event.ts'
import type { CaseMoveName } from '../lifecycle.ts'
import type { CaseMoveInput, Workbench } from '../moving/bench.ts'
import type { CaseRecord } from '../record.ts'

/** Moves that ask what is merged with the case. Others need not look. */
const asking: ReadonlySet<CaseMoveName> = new Set(['merge', 'unmerge', 'split', 'transfer', 'withdraw', 'rate', 'unrate'])

export const asksForMerged = ({ move }: Pick<CaseMoveInput, 'move'>): boolean => asking.has(move)

/** What a decision may ask about the other cases on the bench. */
export function aroundOf(record: CaseRecord, records: ReadonlyMap<string, CaseRecord>, maySee: (other: CaseRecord) => boolean) {
  const others = [...records.values()]
  return {
    caseOf: (id: string): CaseRecord | undefined => {
      const other = records.get(id)
      return other && maySee(other) ? other : undefined
    },
    isMain: others.some((other) => other.mergedInto === record.id),
  }
}

/** After a merge the cases of the merged one belong to its main case, so there are no chains; the main case's own history says who joined. */
export function followMerge(bench: Workbench, input: CaseMoveInput, before: CaseRecord, at: Instant): void {
  const main = bench.records.get((input.move === 'merge' ? input.mainId : before.mergedInto) ?? '')
  if (!main) return
  bench.events.push(eventOn(main, input, at, input.move === 'merge' ? 'case.joined' : 'case.parted', { caseId: before.id }))
  if (input.move !== 'merge') return
  for (const other of bench.records.values()) {
    if (other.mergedInto !== before.id) continue
    const moved = { ...other, mergedInto: main.id, version: other.version + 1 }
    bench.records.set(other.id, moved)
    bench.touched.add(other.id)
    bench.events.push(eventOn(moved, input, at, 'case.merged', { mainId: main.id }))
  }
}

function eventOn(record: CaseRecord, input: CaseMoveInput, at: Instant, type: string, data: NewEvent['data']): NewEvent {
  return {
    type,
    version: 1,
    districtCode: record.districtCode,
    subjectKind: 'case',
    subjectId: record.id,
    subjectVersion: record.version,
    fromState: record.status,
    toState: record.status,
    happenedAt: at,
    by: { actor: input.by.actor, commandId: input.commandId, requestId: input.by.requestId },
    data,
  }
}
