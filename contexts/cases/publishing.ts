/** What of a call others than its caller may learn. */
import type { CaseRecord } from './record.ts'
import type { Channel } from './statuses.ts'

/** Flag of a report whose caller agreed that matter, community and result may be published. */
export const MAY_PUBLISH = 'may_publish'

/** Calls that a resident made, and that are his to keep to himself. What staff saw on their rounds is nobody's private report. */
const fromResidents: ReadonlySet<Channel> = new Set(['resident', 'hotline', 'import'])

/** False for a resident's call without his consent: then others learn its matter, its community and where it stands, neither the day nor how far away, and never a word. */
export function mayPublish({ channel, flags }: Pick<CaseRecord, 'channel' | 'flags'>): boolean {
  return !fromResidents.has(channel) || flags.includes(MAY_PUBLISH)
}
