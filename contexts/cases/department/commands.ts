import type { Actor } from '#kernel/actor.ts'
import { idOf } from '#kernel/id.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import type { AssignmentsTables } from '#contexts/assignments/index.ts'
import type { CallInput } from '../accept.ts'
import type { Accepted, CaseServices } from '../commands.ts'
import type { PublicCase } from '../contract.ts'
import type { Intake } from '../intake.ts'
import { publicCase } from '../tracking/questions.ts'
import { refuse } from '../refusals.ts'
import { findByTracking, findCase, type CasesTables } from '../store.ts'

/**
 * Takes a report of a department's system. Its own key of the report (`externalKey`) makes the command's id, so a repeat, whenever it comes
 * and whatever it says, gives the case that came of the first.
 */
export async function acceptFromSystem(
  services: CaseServices,
  intake: Intake,
  input: CallInput,
  by: { actor: Actor; requestId: string },
): Promise<Accepted> {
  const source = sourceOf(by.actor)
  if (source === undefined) {
    if (input.externalKey !== undefined) throw refuse.keyNeeded({}, 'externalKey')
    return intake.accept(input, by)
  }
  if (input.channel !== 'department') throw refuse.channelOfKey({}, 'channel')
  if (input.externalKey === undefined) return intake.accept({ ...input, source }, by)
  const commandId = commandIdOf(services, source, input.externalKey)
  const before = await acceptedBefore(services, commandId)
  return before ?? intake.accept({ ...input, source, commandId }, by)
}

/** What became of a report that the caller's own system made. */
export async function reportedBySystem(
  services: CaseServices,
  actor: Actor,
  externalKey: string,
): Promise<PublicCase & { districtCode: string; id: string }> {
  const source = sourceOf(actor)
  if (source === undefined) throw refuse.keyNeeded({}, 'externalKey')
  const code = services.secrets.code(commandIdOf(services, source, externalKey))
  const found = await inTransaction(services.database, (tx: Tx<CasesTables>) => findByTracking(tx, services.secrets.hash(code)))
  if (!found) throw refuse.noSuchReport({ key: externalKey }, 'externalKey')
  return publicCase(services, services.secrets.hash(code))
}

/** One name for all systems and keys of a unit, so that a new key goes on with the reports of the old one. */
function sourceOf(actor: Actor): string | undefined {
  return actor.keyId === undefined ? undefined : `department:${actor.posts[0]?.organisationId}`
}

// Through the secret: an id that somebody else could work out would give him the answer to it, tracking code and all.
function commandIdOf({ secrets }: CaseServices, source: string, externalKey: string): string {
  return idOf(secrets.hash(`report ${source} ${externalKey}`))
}

// By the tracking code, which goes along when a case is handed to another district.
async function acceptedBefore({ database, secrets }: CaseServices, commandId: string): Promise<Accepted | undefined> {
  const trackingCode = secrets.code(commandId)
  return inTransaction(database, async (tx: Tx<CasesTables & AssignmentsTables>) => {
    const key = await findByTracking(tx, secrets.hash(trackingCode))
    const found = key && (await findCase(tx, key.districtCode, key.caseId))
    return found && { districtCode: found.districtCode, id: found.id, number: found.number, trackingCode, reportedAt: found.reportedAt, advice: null }
  })
}
