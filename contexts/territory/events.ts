import { z } from 'zod'
import type { LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Doing, NewEvent } from '#platform/event.ts'

/** Areas of a district came in or changed by one file. */
export const TerritoryImported = z.object({ accepted: z.number().int(), updated: z.number().int(), validFrom: z.string() })
/** Areas of a district ended. */
export const TerritoryRetired = z.object({ areas: z.number().int(), validTo: z.string() })

/** The base map under the areas was configured. Of its address only the host: the rest may hold a key. */
export const TerritoryBaseMapSet = z.object({ kind: z.string(), host: z.string() })

/** Events that this context emits, by type; the subject is the district's area. */
export const territoryEvents = {
  'territory.imported': TerritoryImported,
  'territory.retired': TerritoryRetired,
  'territory.base_map_set': TerritoryBaseMapSet,
} as const

interface District {
  readonly code: DistrictCode
  readonly areaId: string
}

export function territoryImported(doing: Doing, district: District, counts: { accepted: number; updated: number; validFrom: LocalDate }): NewEvent {
  return { ...aboutDistrict(doing, district), type: 'territory.imported', data: counts }
}

export function territoryRetired(doing: Doing, district: District, counts: { areas: number; validTo: LocalDate }): NewEvent {
  return { ...aboutDistrict(doing, district), type: 'territory.retired', data: counts }
}

export function baseMapSet(doing: Doing, district: District, data: { kind: string; host: string }): NewEvent {
  return { ...aboutDistrict(doing, district), type: 'territory.base_map_set', data }
}

// Areas are versioned by date, not by count, so the subject's version stays 0.
function aboutDistrict(doing: Doing, { code, areaId }: District): Omit<NewEvent, 'type' | 'data'> {
  return { version: 1, districtCode: code, subjectKind: 'area', subjectId: areaId, subjectVersion: 0, happenedAt: doing.clock.now() }
}
