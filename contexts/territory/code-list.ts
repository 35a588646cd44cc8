import type { Refusal } from '#kernel/refusal.ts'
import { areaKey, areaLevelOf, levelAbove, type GridKind } from './area.ts'
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
    const cell = (column: string | undefined): string => (column === undefined ? '' : (row[column]?.trim() ?? ''))
    const [code, zh, en] = [cell(group.code), cell(group.name), cell(group.nameEn)]
    if (code === '' && zh === '') return before
    const gridKind = areaLevelOf(code) === 'grid' ? (group.gridKind ?? 'service') : null
    const known = byKey.get(areaKey(code, gridKind))
    if (known?.name?.zh === zh) return code
    const fault =
      codeFault(code, undefined, cell(group.parent) || parentOnLine(code, before)) ??
      (zh === '' ? refuse.nameMissing({ code }) : undefined) ??
      (known ? refuse.nameConflict({ code, first: known.name?.zh ?? '', second: zh }) : undefined)
    const level = areaLevelOf(code)
    if (fault || !level) reject(line, fault ?? refuse.codeDigits({ code }))
    else byKey.set(areaKey(code, gridKind), { line, code, level, gridKind, name: en ? { zh, en } : { zh }, administeringParentCode: cell(group.administeringParent) || undefined })
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

// The group before on the same line is the parent only if it is of the level above: lists leave levels out (cities without districts).
function parentOnLine(code: string, before: string): string | undefined {
  const level = areaLevelOf(code)
  const above = level && levelAbove(level)
  return above && areaLevelOf(before) === above ? before : undefined
}
