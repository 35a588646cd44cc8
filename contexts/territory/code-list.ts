import type { Refusal, Wording } from '#kernel/refusal.ts'
import { areaKey, areaLevelOf, levelAbove, type AreaLevel, type GridKind } from './area.ts'
import { codeFault, type AreaDraft, type Drafts, type RejectedRow } from './area-draft.ts'
import { refuse } from './refusals.ts'

/** Which columns of a code list hold one area. A wide list (province, city, …, street on one line) has one such group per level. */
export interface CodeColumns {
  readonly code: string
  readonly name: string
  readonly nameEn?: string
  /** Code of the statistical parent where the list states it. */
  readonly parent?: string
  /** Code of the area that governs, where it is not the statistical parent (代管). */
  readonly administeringParent?: string
  /** What 15 digits mean in this group; service grids unless said. */
  readonly gridKind?: GridKind
}

/** One line of a table by column names. */
export type CodeRow = Readonly<Record<string, string | undefined>>

/**
 * Collects areas from the lines of a code list. An area that stands on many lines (the city of each street) is taken once; two
 * names for one code are refused. A group whose cells are empty on a line is passed over.
 */
export function collectCodes(groups: readonly CodeColumns[]): { add(line: number, row: CodeRow): void; drafts(): Drafts } {
  const byKey = new Map<string, AreaDraft>()
  const rejected: RejectedRow[] = []
  const told = new Set<string>()
  let rows = 0

  // A parent with a fault stands on many lines; it is told once.
  const reject = (line: number, refusal: Refusal): void => {
    if (told.has(refusal.message)) return
    told.add(refusal.message)
    rejected.push({ line, refusal })
  }

  const addGroup = (line: number, row: CodeRow, group: CodeColumns, before: string): string => {
    const cells = readGroup(row, group)
    const { code, name, level, gridKind } = cells
    if (code === '' && name.zh === '') return before
    const known = byKey.get(areaKey(code, gridKind))
    if (known?.name?.zh === name.zh) return code
    const fault = codeFault(code, level, cells.parent ?? parentOnLine(code, before)) ?? nameFault(code, name, known?.name)
    if (fault) reject(line, fault)
    else if (level) byKey.set(areaKey(code, gridKind), { line, code, level, gridKind, name, administeringParentCode: cells.administeringParent })
    return code
  }

  return {
    add: (line, row) => {
      rows += 1
      let before = ''
      for (const group of groups) before = addGroup(line, row, group, before)
    },
    drafts: () => ({ rows, drafts: [...byKey.values()], rejected }),
  }
}

/** The first column of the mapping that a row does not have, so that a wrong mapping is told once and not per line. */
export function missingColumn(row: CodeRow, groups: readonly CodeColumns[]): string | undefined {
  return groups
    .flatMap((group) => [group.code, group.name, group.nameEn, group.parent, group.administeringParent])
    .find((column) => column !== undefined && !(column in row))
}

interface Cells {
  readonly code: string
  readonly level: AreaLevel | undefined
  readonly gridKind: GridKind | null
  readonly name: Wording
  readonly parent: string | undefined
  readonly administeringParent: string | undefined
}

function readGroup(row: CodeRow, group: CodeColumns): Cells {
  const cell = (column: string | undefined): string | undefined => (column === undefined ? undefined : row[column]?.trim()) || undefined
  const code = cell(group.code) ?? ''
  const level = areaLevelOf(code)
  const zh = cell(group.name) ?? ''
  const en = cell(group.nameEn)
  return {
    code,
    level,
    gridKind: level === 'grid' ? (group.gridKind ?? 'service') : null,
    name: en === undefined ? { zh } : { zh, en },
    parent: cell(group.parent),
    administeringParent: cell(group.administeringParent),
  }
}

function nameFault(code: string, name: Wording, known: Wording | undefined): Refusal | undefined {
  if (name.zh === '') return refuse.nameMissing({ code })
  return known ? refuse.nameConflict({ code, first: known.zh, second: name.zh }) : undefined
}

// The group before on the same line is the parent only if it is of the level above: lists leave levels out (cities without districts).
function parentOnLine(code: string, before: string): string | undefined {
  const level = areaLevelOf(code)
  const above = level && levelAbove(level)
  return above && areaLevelOf(before) === above ? before : undefined
}
