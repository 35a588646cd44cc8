import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as lists from './lifecycle.ts'

// All migrations in their order: of what is said twice, the last holds.
const folder = new URL('../../database/migrations/', import.meta.url)
const migrations = readdirSync(folder)
  .toSorted()
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')

test.each([
  ['matter_kind_known', lists.matterKinds],
  ['matter_version_status_known', lists.versionStatuses],
  ['matter_version_duty_known', lists.dutyLists],
  ['matter_version_work_kind_known', lists.workKinds],
  ['filing_condition_respond_unit_known', lists.limitUnits],
  ['filing_condition_dispose_unit_known', lists.limitUnits],
  ['filing_condition_tier_known', lists.tiers],
  ['filing_condition_lead_level_known', lists.leadLevels],
  ['delegation_level_known', lists.delegationLevels],
  ['committee_duty_list_known', lists.committeeLists],
  ['entry_request_status_known', lists.entryStatuses],
  ['ladder_step_milestone_known', lists.ladderClocks],
  ['ladder_step_act_known', lists.ladderActs],
])('the database check %s allows exactly what the code knows', (constraint, known) => {
  const allowed = [...migrations.matchAll(new RegExp(`${constraint} check \\(\\w+ in \\(([^)]*)\\)`, 'g'))].at(-1)?.[1] ?? ''
  expect(allowed.split(', ').map((value) => value.slice(1, -1))).toEqual([...known])
})

test('every value has a name in Chinese and English, and every status but the last can be left', () => {
  const named = [
    lists.matterKindNames,
    lists.versionStatusNames,
    lists.dutyListNames,
    lists.workKindNames,
    lists.tierNames,
    lists.leadLevelNames,
    lists.delegationStateNames,
    lists.committeeListNames,
    lists.entryStatusNames,
    lists.limitUnitNames,
  ]
  for (const names of named) for (const { zh, en } of Object.values(names)) expect([zh, en].every((name) => name.length > 0)).toBe(true)
  const left = lists.versionStatuses.filter((status) => lists.mayMove('publish', status) || lists.mayMove('retire', status))
  expect(left).toEqual(['draft', 'published'])
})
