import type { LocalDate } from '#kernel/clock.ts'
import type { Refusal, Wording } from '#kernel/refusal.ts'
import { areaKey, areaLevels, digitsOf, levelAbove, parentCodeOf, plainName, type AreaLevel, type GridKind } from './area.ts'
import type { AreaDraft, RejectedRow } from './area-draft.ts'
import type { Datum } from './datum.ts'
import type { Geometry } from './geometry.ts'
import { refuse } from './refusals.ts'

/** An area from `validFrom` until the day before `validTo`. */
export interface AreaVersion {
  readonly id: string
  readonly areaId: string
  readonly level: AreaLevel
  readonly gridKind: GridKind | null
  readonly code: string
  readonly name: Wording
  readonly parentId: string | null
  /** Null where the statistical parent governs. */
  readonly administeringParentId: string | null
  readonly validFrom: LocalDate
  readonly validTo: LocalDate | null
  readonly successorId: string | null
  readonly key: string | null
  readonly geometry: Geometry | null
  readonly datum: Datum | null
}

/** What an import changes. Borders and names of a version that others relied on are never overwritten: it is closed and a new one follows. */
export interface ImportPlan {
  /** Versions of areas that nobody knew; their areas are new too. */
  readonly newAreas: readonly AreaVersion[]
  /** Further versions of known areas. */
  readonly newVersions: readonly AreaVersion[]
  /** Versions of the very same first day, put right in place. */
  readonly corrected: readonly AreaVersion[]
  /** Versions that end because another follows. */
  readonly closed: readonly { readonly id: string; readonly validTo: LocalDate }[]
  readonly accepted: readonly string[]
  readonly updated: readonly string[]
  readonly unchanged: readonly string[]
  readonly rejected: readonly RejectedRow[]
  /** Codes whose parent is neither known on that day nor in the file. */
  readonly orphans: readonly { readonly code: string; readonly parentCode: string }[]
  /** Areas that another area than their statistical parent governs (代管), as they stand after the import. */
  readonly administered: readonly { readonly code: string; readonly parentCode: string; readonly administeringParentCode: string }[]
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }
type Growing = Mutable<ImportPlan>

/**
 * Decides what drafts that hold from `validFrom` change in the known history. `known` are the versions in force on or after that
 * day of every code, parent and key that the drafts name. A draft that says nothing new changes nothing.
 */
export function planImport(drafts: readonly AreaDraft[], known: readonly AreaVersion[], validFrom: LocalDate, newId: () => string): ImportPlan {
  const plan: Growing = {
    newAreas: [],
    newVersions: [],
    corrected: [],
    closed: [],
    accepted: [],
    updated: [],
    unchanged: [],
    rejected: [],
    orphans: [],
    administered: [],
  }
  const day = new Day(known, validFrom)
  // Parents first, so that a file may bring both.
  const rank = new Map(areaLevels.map((level, index) => [level, index]))
  for (const draft of drafts.toSorted((a, b) => (rank.get(a.level) ?? 0) - (rank.get(b.level) ?? 0))) {
    const parents = parentsOf(draft, day, plan)
    if (parents) settle(draft, parents, day, plan, newId)
  }
  return plan
}

/** The known areas on the first day of an import, growing with it. */
class Day {
  readonly on: LocalDate
  readonly #inForce = new Map<string, AreaVersion>()
  readonly #next = new Map<string, AreaVersion>()
  readonly #ownerOfKey = new Map<string, AreaVersion>()

  constructor(known: readonly AreaVersion[], on: LocalDate) {
    this.on = on
    for (const version of known) {
      if (version.validFrom <= on) this.put(version)
      else if (version.validFrom < (this.next(version)?.validFrom ?? '9999')) this.#next.set(areaKey(version.code, version.gridKind), version)
    }
  }

  put(version: AreaVersion): void {
    this.#inForce.set(areaKey(version.code, version.gridKind), version)
    if (version.key !== null) this.#ownerOfKey.set(version.key, version)
  }

  inForce(area: { code: string; gridKind: GridKind | null }): AreaVersion | undefined {
    return this.#inForce.get(areaKey(area.code, area.gridKind))
  }

  /** The first version of a code that starts after the day. */
  next(area: { code: string; gridKind: GridKind | null }): AreaVersion | undefined {
    return this.#next.get(areaKey(area.code, area.gridKind))
  }

  ownerOfKey(key: string): AreaVersion | undefined {
    return this.#ownerOfKey.get(key)
  }
}

interface Parents {
  readonly parentId: string | null
  /** Undefined where the file says nothing about it. */
  readonly administeringParentId: string | null | undefined
}

/** Finds the areas above a draft, or rejects it. Provinces and cities may stand alone: a city runs without its province. */
function parentsOf(draft: AreaDraft, day: Day, plan: Growing): Parents | undefined {
  const { line, code, level } = draft
  const parentCode = parentCodeOf(code)
  const parent = parentCode === null ? undefined : day.inForce({ code: parentCode, gridKind: null })
  if (!parent && level !== 'province' && level !== 'city') {
    plan.orphans.push({ code, parentCode: parentCode ?? '' })
    plan.rejected.push({ line, refusal: refuse.parentMissing({ code, parent: parentCode ?? '' }) })
    return undefined
  }
  const parentId = parent?.areaId ?? null
  const administeringParentId = governedFrom(draft, parentCode, day, plan)
  return administeringParentId === false ? undefined : { parentId, administeringParentId }
}

/** Identity of the area that governs, null for the statistical parent, undefined where the file is silent; false when it was rejected. */
function governedFrom(draft: AreaDraft, parentCode: string | null, day: Day, plan: Growing): string | null | undefined | false {
  const { line, code, administeringParentCode } = draft
  if (administeringParentCode === undefined) return undefined
  if (administeringParentCode === parentCode) return null
  const governs = governorOf(draft, administeringParentCode, day)
  if (!('areaId' in governs)) {
    plan.rejected.push({ line, refusal: governs })
    return false
  }
  plan.administered.push({ code, parentCode: parentCode ?? '', administeringParentCode })
  return governs.areaId
}

function governorOf({ code, level }: AreaDraft, parent: string, day: Day): AreaVersion | Refusal {
  const above = levelAbove(level)
  if (above && parent.length !== digitsOf[above]) return refuse.administeringParentLevel({ code, parent })
  return day.inForce({ code: parent, gridKind: null }) ?? refuse.administeringParentMissing({ code, parent })
}

function settle(draft: AreaDraft, parents: Parents, day: Day, plan: Growing, newId: () => string): void {
  const owner = draft.key === undefined ? undefined : day.ownerOfKey(draft.key)
  if (owner && areaKey(owner.code, owner.gridKind) !== areaKey(draft.code, draft.gridKind)) {
    plan.rejected.push({ line: draft.line, refusal: refuse.keyTaken({ key: draft.key ?? '', code: owner.code }) })
    return
  }
  const before = day.inForce(draft)
  if (!before) begin(draft, parents, day, plan, newId)
  else if (says(before) === says(contentOf(draft, parents, before))) plan.unchanged.push(draft.code)
  else goOn(before, contentOf(draft, parents, before), day, plan, newId)
}

/** An area that had no version on the day. If its code is known from a later day on, it is the same area and lasts until then. */
function begin(draft: AreaDraft, parents: Parents, day: Day, plan: Growing, newId: () => string): void {
  const { code, level, gridKind } = draft
  const next = day.next(draft)
  const version: AreaVersion = {
    ...contentOf(draft, parents, next),
    id: newId(),
    areaId: next?.areaId ?? newId(),
    code,
    level,
    gridKind,
    validFrom: day.on,
    validTo: next?.validFrom ?? null,
    successorId: null,
  }
  if (next) plan.newVersions.push(version)
  else plan.newAreas.push(version)
  plan.accepted.push(code)
  day.put(version)
}

/** An area that changes on the day. */
function goOn(before: AreaVersion, content: Content, day: Day, plan: Growing, newId: () => string): void {
  const sameDay = before.validFrom === day.on
  const version: AreaVersion = { ...before, ...content, id: sameDay ? before.id : newId(), validFrom: day.on }
  if (sameDay) plan.corrected.push(version)
  else {
    plan.closed.push({ id: before.id, validTo: day.on })
    plan.newVersions.push(version)
  }
  plan.updated.push(before.code)
  day.put(version)
}

/** What a file can change of an area. */
type Content = Pick<AreaVersion, 'name' | 'parentId' | 'administeringParentId' | 'key' | 'geometry' | 'datum'>

const silent = { administeringParentId: null, key: null, geometry: null, datum: null } as const

function contentOf(draft: AreaDraft, { parentId, administeringParentId }: Parents, known: AreaVersion | undefined): Content {
  const kept = known ?? silent
  return {
    name: nameOf(draft, known),
    parentId,
    administeringParentId: administeringParentId === undefined ? kept.administeringParentId : administeringParentId,
    key: draft.key ?? kept.key,
    geometry: draft.border ? draft.border.geometry : kept.geometry,
    datum: draft.border ? draft.border.datum : kept.datum,
  }
}

// A list in Chinese only does not take away the English name that another file gave to the same Chinese one.
function nameOf(draft: AreaDraft, known: AreaVersion | undefined): Wording {
  if (!draft.name) return known?.name ?? draft.firstName ?? plainName(draft)
  return known?.name.zh === draft.name.zh ? { ...known.name, ...draft.name } : draft.name
}

function says({ name, parentId, administeringParentId, key, geometry, datum }: Content): string {
  return JSON.stringify([name.zh, name.en ?? null, parentId, administeringParentId, key, datum, geometry?.type, geometry?.coordinates])
}
