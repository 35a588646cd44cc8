/** Lists that rows, checks in the database, contracts, screens and tests share. */
import type { Wording } from '#kernel/refusal.ts'

// Apart, so that a screen which only asks whether it is a wall does not load the tables.
export * from './roles-of-things.ts'

export const organisationKinds = [
  'command_centre',
  'department',
  'street_office',
  'internal_office',
  'community',
  'joint_team',
  'party_organisation',
  'mass_organisation',
  'social_organisation',
  'enterprise',
  'building_head',
  'villagers_representative',
  'property_company',
  'owners_committee',
] as const
export type OrganisationKind = (typeof organisationKinds)[number]

export const organisationKindNames = {
  command_centre: { zh: '综合指挥调度中心', en: 'Command centre' },
  department: { zh: '职能部门', en: 'Department' },
  street_office: { zh: '街道办事处（镇政府）', en: 'Street or town office' },
  internal_office: { zh: '街道内设机构', en: 'Office of a street' },
  community: { zh: '社区（村）', en: 'Community or village' },
  joint_team: { zh: '联勤整治队伍', en: 'Joint team' },
  party_organisation: { zh: '党组织', en: 'Party organisation' },
  mass_organisation: { zh: '群团组织', en: 'Mass organisation' },
  social_organisation: { zh: '社会组织', en: 'Social organisation' },
  enterprise: { zh: '企业', en: 'Enterprise' },
  building_head: { zh: '楼栋长', en: 'Building head' },
  villagers_representative: { zh: '村民代表', en: 'Villagers’ representative' },
  property_company: { zh: '物业公司', en: 'Property company' },
  owners_committee: { zh: '业主委员会', en: 'Owners’ committee' },
} as const satisfies Record<OrganisationKind, Wording>

/** True for kinds whose people take part by a link, without an account. */
export function isParticipantKind(kind: OrganisationKind): boolean {
  const kinds: readonly OrganisationKind[] = ['building_head', 'villagers_representative', 'property_company', 'owners_committee']
  return kinds.includes(kind)
}

/** True for kinds that stand for a street or community and not for a department: what is not theirs to lead may not be sent to them by hand either. */
export function isGrassrootsKind(kind: OrganisationKind): boolean {
  return kind === 'street_office' || kind === 'internal_office' || kind === 'community' || isParticipantKind(kind)
}

/** How an organisation stands to another beside the line of command. About organisations only, never about a person. */
export const tieKinds = ['member', 'party_of', 'reports_to'] as const
export type TieKind = (typeof tieKinds)[number]

export const tieKindNames = {
  member: { zh: '联勤队伍成员单位', en: 'Member of the joint team' },
  party_of: { zh: '本单位党组织', en: 'Party organisation of' },
  reports_to: { zh: '双报到', en: 'Reports to the community' },
} as const satisfies Record<TieKind, Wording>

/** How far a role's permission goes: everywhere; the district, the area, or the organisation of the post that gives it. */
export const scopes = ['city', 'district', 'area', 'organisation'] as const
export type Scope = (typeof scopes)[number]

export const scopeNames = {
  city: { zh: '全市', en: 'Everywhere' },
  district: { zh: '本区', en: 'District of the post' },
  area: { zh: '岗位辖区', en: 'Area of the post' },
  organisation: { zh: '本单位', en: 'Organisation of the post' },
} as const satisfies Record<Scope, Wording>

/** What is asked of the holders of a role: nothing, an invitation, or a second factor before anything else opens. */
export const factorDemands = ['none', 'ask', 'require'] as const
export type FactorDemand = (typeof factorDemands)[number]

export const factorDemandNames = {
  none: { zh: '不要求', en: 'Not asked' },
  ask: { zh: '建议启用', en: 'Invited' },
  require: { zh: '必须启用', en: 'Required' },
} as const satisfies Record<FactorDemand, Wording>
