import { expect, test } from 'vitest'
import type { OrganisationView } from '#contexts/people/contract.ts'
import type { TieView } from '#contexts/people/organising/contract.ts'
import { treeOf } from './tree.ts'

const unit = (id: string, areaCode: string, change: Partial<OrganisationView> = {}): OrganisationView => ({
  id,
  code: id,
  name: { zh: id },
  kind: 'street_office',
  lineOrBlock: 'block',
  functionCode: null,
  creditCode: null,
  areaCode,
  parentId: null,
  validFrom: '2025-01-01',
  validTo: null,
  rowVersion: 1,
  formerNames: [],
  ...change,
})

test('organisations stand in their areas, a street’s own offices below it, those that ended nowhere, and ties at both ends', () => {
  const units = [
    unit('law', '990101001', { kind: 'internal_office', lineOrBlock: 'line', parentId: 'street' }),
    unit('street', '990101001', { parentId: 'centre' }),
    unit('gone', '990101001', { validTo: '2026-03-01' }),
    unit('urban', '990101', { lineOrBlock: 'line', parentId: 'centre' }),
    unit('centre', '990101'),
    unit('party', '990101001', { kind: 'party_organisation' }),
  ]
  const tie: TieView = {
    id: 't',
    kind: 'party_of',
    organisationId: 'party',
    organisationName: { zh: 'party' },
    otherId: 'street',
    otherName: { zh: 'street' },
    validFrom: '2025-01-01',
  }
  const groups = treeOf(units, [tie], '2026-03-02')
  const drawn = groups.map(({ areaCode, nodes }) => `${areaCode}: ${nodes.map(({ unit: { id }, depth }) => `${'>'.repeat(depth)}${id}`).join(' ')}`)
  expect(drawn).toEqual(['990101: centre >urban', '990101001: party street >law'])
  const nodes = groups.flatMap((group) => group.nodes)
  expect(nodes.filter((node) => node.ties.length > 0).map((node) => [node.unit.id, node.ties[0]?.isOwn])).toEqual([
    ['party', true],
    ['street', false],
  ])
})
