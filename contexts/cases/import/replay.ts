import { overdueSubjects, sweepDistrict, type AssignmentsTables } from '#contexts/assignments/index.ts'
import { addMs, DAY_MS, type Instant, type MovableClock } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { acceptCalls, type CaseServices } from '../commands.ts'
import type { CaseMoveInput } from '../moving/bench.ts'
import { moveCases } from '../moving/commands.ts'
import { closingMoves, openingMoves, readyRow, type Ready } from './history.ts'
import type { FileRow } from './load.ts'
import type { ImportProfile } from './profile.ts'
import { isRejected, rowReader, type RejectedRow } from './row.ts'

/** What a replay found. `verdicts`: rows for which the source promised a time and tells whether it was kept; `agree`: those on which our swept clocks say the same. */
export interface ReplayReport {
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  readonly verdicts: number
  readonly agree: number
  readonly moves: number
  /** Cases that no rule could dispatch; no clock of theirs ran. */
  readonly held: number
}

interface Happening {
  readonly at: Instant
  readonly ready: Ready
  readonly kind: 'open' | 'close'
}

const BATCH = 500
const SWEEP_EVERY_MS = DAY_MS

/**
 * Drives a recorded city through the pipeline on a simulated clock: every case is opened, dispatched and closed at its recorded time and
 * the clocks are swept in between, at the latest before a case is closed whose time had run out. The verdict is what the sweeps left behind.
 */
export async function replayRecorded(
  services: CaseServices & { clock: MovableClock },
  profile: ImportProfile,
  rows: AsyncIterable<FileRow>,
  told: { onReject(row: RejectedRow): void; onProgress(done: { at: Instant; happened: number; of: number }): void },
): Promise<ReplayReport & { disagreements: { line: number; ours: string; theirs: string }[] }> {
  const read = rowReader(profile, services.rules())
  const ready: Ready[] = []
  const count = { rows: 0, rejected: 0 }
  for await (const { line, row } of rows) {
    count.rows += 1
    const one = readyRow(services, read, line, row)
    if (isRejected(one)) {
      count.rejected += 1
      told.onReject(one)
    } else ready.push(one)
  }
  const stage = new Stage(services, ready)
  const happenings = inOrder(ready)
  let happened = 0
  for (const happening of happenings) {
    await stage.take(happening)
    happened += 1
    if (happened % 1000 === 0) told.onProgress({ at: happening.at, happened, of: happenings.length })
  }
  await stage.finish()
  const compared = await compare(services, ready, stage.ids)
  return { ...count, accepted: stage.ids.size, ...compared, moves: stage.moves, held: stage.held }
}

/** Everything that the file records, in time; a case that the source closed before it opened it closes right after opening. */
function inOrder(ready: readonly Ready[]): Happening[] {
  const happenings = ready.flatMap((one): Happening[] => {
    const { reportedAt } = one.call
    const open: Happening = { at: reportedAt, ready: one, kind: 'open' }
    if (one.closedAt === null) return [open]
    return [open, { at: one.closedAt < reportedAt ? reportedAt : one.closedAt, ready: one, kind: 'close' }]
  })
  return happenings.toSorted((a, b) =>
    a.at !== b.at ? (a.at < b.at ? -1 : 1) : a.kind === b.kind ? a.ready.line - b.ready.line : a.kind === 'open' ? -1 : 1,
  )
}

/** The simulated city: gathers what happens into batches and never lets a batch or a sweep run ahead of the clock. */
class Stage {
  readonly ids = new Map<Ready, string>()
  moves = 0
  held = 0
  private readonly services: CaseServices & { clock: MovableClock }
  private readonly districts: readonly DistrictCode[]
  private pending: Happening[] = []
  private sweptAt: Instant | undefined
  private lastDue: Instant

  constructor(services: CaseServices & { clock: MovableClock }, ready: readonly Ready[]) {
    this.services = services
    this.districts = [...new Set(ready.map((one) => one.prepared.districtCode))]
    this.lastDue = ready.reduce((last, { call }) => maximum(last, maximum(call.recordedDueAt ?? call.reportedAt, call.reportedAt)), '' as Instant)
  }

  async take(happening: Happening): Promise<void> {
    const due = happening.ready.call.recordedDueAt
    const late = happening.kind === 'close' && due !== null && due < happening.at && (this.sweptAt === undefined || this.sweptAt <= due)
    this.sweptAt ??= happening.at
    if (late || happening.at > addMs(this.sweptAt, SWEEP_EVERY_MS)) await this.sweepUntil(addMs(happening.at, -1))
    if (this.pending.length >= BATCH) await this.flush()
    this.pending.push(happening)
    this.lastDue = maximum(this.lastDue, happening.at)
  }

  async finish(): Promise<void> {
    await this.sweepUntil(addMs(this.lastDue, DAY_MS))
  }

  private async sweepUntil(at: Instant): Promise<void> {
    await this.flush()
    this.services.clock.set(at)
    this.sweptAt = at
    for (const district of this.districts) while ((await sweepDistrict(this.services, district)) > 0);
  }

  private async flush(): Promise<void> {
    const batch = this.pending
    this.pending = []
    const last = batch.at(-1)
    if (!last) return
    this.services.clock.set(last.at)
    await Promise.all([...Map.groupBy(batch, (h) => h.ready.prepared.districtCode)].map(([district, ofDistrict]) => this.write(district, ofDistrict)))
  }

  private async write(district: DistrictCode, batch: readonly Happening[]): Promise<void> {
    const opened = batch.filter((h) => h.kind === 'open').map((h) => h.ready)
    if (opened.length > 0) {
      const accepted = await acceptCalls(
        this.services,
        district,
        opened.map((one) => one.prepared),
      )
      opened.forEach((one, index) => this.ids.set(one, accepted[index]?.id ?? ''))
    }
    const inputs = batch.flatMap(({ kind, ready }): CaseMoveInput[] => {
      const id = this.ids.get(ready) ?? ''
      return kind === 'open' ? openingMoves(ready, id) : closingMoves(ready, id, ready.closedAt as Instant)
    })
    const outcomes = await moveCases(this.services, district, inputs)
    this.moves += outcomes.filter((outcome) => outcome.ok).length
    this.held += outcomes.filter((outcome, index) => !outcome.ok && inputs[index]?.move === 'dispatch').length
  }
}

const maximum = (a: Instant, b: Instant): Instant => (a > b ? a : b)

async function compare(services: CaseServices, ready: readonly Ready[], ids: ReadonlyMap<Ready, string>) {
  const overdue = new Set<string>()
  for (const district of new Set(ready.map((one) => one.prepared.districtCode))) {
    const found = await inTransaction(services.database, (tx: Tx<AssignmentsTables>) => overdueSubjects(tx, district, 'dispose'))
    for (const id of found) overdue.add(id)
  }
  const judged = ready.filter((one) => one.verdict !== null && one.call.recordedDueAt !== null)
  const disagreements = judged.flatMap((one) => {
    const ours = overdue.has(ids.get(one) ?? '') ? 'overdue' : 'on_time'
    return ours === one.verdict ? [] : [{ line: one.line, ours, theirs: one.verdict as string }]
  })
  return { verdicts: judged.length, agree: judged.length - disagreements.length, disagreements }
}
