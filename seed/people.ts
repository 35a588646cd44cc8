import type { StaffFileText } from '#contexts/people/index.ts'
import type { AreaFeature, City } from './geometry.ts'

/** One password for every demonstration account. It is printed at every start, so it protects nothing and never belongs to a real account. */
export const demonstrationPassword = 'Huying-2026'

const since = '2025-01-01'

/** Departments of each district: function code, name after the district's, English name. */
const departments = [
  ['urban_management', '城市管理局', 'Urban Management Bureau'],
  ['housing', '住房和建设局', 'Housing and Construction Bureau'],
  ['transport', '交通和市政管理局', 'Transport and Utilities Bureau'],
  ['ecology', '生态环境局', 'Ecology and Environment Bureau'],
  ['market', '市场监督管理局', 'Market Supervision Bureau'],
  ['water', '水务局', 'Water Bureau'],
  ['parks', '园林绿化局', 'Parks Bureau'],
] as const

// Surnames are common; the given names are the Chinese words for sample, demonstration and trial, so nobody is meant.
const surnames =
  '赵钱孙李周吴郑王冯陈沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁马方袁柳唐罗薛贺汤滕殷毕郝安常乐于时傅齐康伍余顾孟黄穆萧尹姚邵汪毛米戴宋庞纪舒项祝董梁杜阮'.split(
    '',
  )
const givenNames = ['示例', '样例', '演示', '示范', '样本', '试用', '模拟', '例示']

/** Collects rows of a staff file; each person holds one or more posts in one organisation. */
class Staff {
  readonly organisations: StaffFileText['organisations'] = []
  readonly persons: StaffFileText['persons'] = []
  readonly accounts: StaffFileText['accounts'] = []
  readonly posts: StaffFileText['posts'] = []
  readonly #logins = new Map<string, number>()

  open(organisation: Omit<StaffFileText['organisations'][number], 'validFrom'>): string {
    this.organisations.push({ ...organisation, validFrom: since })
    return organisation.code
  }

  /** `stem` begins the login: the first dispatcher signs in as dispatcher1; with `only`, as the stem itself. */
  hire(organisation: string, role: string, areaCodes: readonly string[], stem = role, only = false): void {
    const count = this.persons.length
    const number = (this.#logins.get(stem) ?? 0) + 1
    this.#logins.set(stem, number)
    const person = `BJ${String(count + 1).padStart(4, '0')}`
    // Eighty-one and eight have no common divisor, so names repeat only after 648 persons.
    const name = `${surnames[count % surnames.length]}${givenNames[count % givenNames.length]}`
    this.persons.push({ code: person, name, sample: true })
    this.accounts.push({ person, login: only ? stem : `${stem}${number}`, password: demonstrationPassword, mustChangePassword: false })
    for (const areaCode of areaCodes) this.posts.push({ person, organisation, role, areaCode, validFrom: since })
  }
}

/**
 * Who works in the demonstration city: a command centre for the city and one for each district, departments, street offices and
 * communities; somebody on duty for every grid; an inspector who is nobody's handler; and the three administrators.
 */
export function demonstrationStaff(city: City): StaffFileText {
  const staff = new Staff()
  const [whole] = city.city.features
  if (!whole) throw new RangeError('a city without an area')
  const centre = openCentre(staff, whole, '滨江市综合指挥调度中心（示例）', 'Binjiang City Command Centre (sample)')
  staff.hire(centre, 'leader', [whole.properties.code])
  staff.hire(centre, 'system_admin', [''], 'sysadmin', true)
  staff.hire(centre, 'security_admin', [''], 'secadmin', true)
  staff.hire(centre, 'audit_admin', [''], 'auditadmin', true)
  for (const district of city.district.features) addDistrict(staff, city, district, centre)
  const { organisations, persons, accounts, posts } = staff
  return { organisations, persons, accounts, posts }
}

function openCentre(staff: Staff, area: AreaFeature, zh: string, en: string, parent: string | null = null): string {
  return staff.open({
    code: `${area.properties.code}-centre`,
    name: { zh, en },
    kind: 'command_centre',
    lineOrBlock: 'block',
    areaCode: area.properties.code,
    parent,
  })
}

function addDistrict(staff: Staff, city: City, district: AreaFeature, above: string): void {
  const { code, name_zh: zh, name_en: en } = district.properties
  const centre = openCentre(staff, district, `${zh}综合指挥调度中心`, `${en} Command Centre`, above)
  for (let i = 0; i < 3; i += 1) staff.hire(centre, 'dispatcher', [code])
  for (let i = 0; i < 2; i += 1) staff.hire(centre, 'supervisor', [code])
  staff.hire(centre, 'leader', [code])
  staff.hire(centre, 'handler', [code], 'centre')
  for (const [functionCode, nameZh, nameEn] of departments) {
    const department = staff.open({
      code: `${code}-${functionCode}`,
      name: { zh: `${zh}${nameZh}`, en: `${en} ${nameEn}` },
      kind: 'department',
      lineOrBlock: 'line',
      functionCode,
      areaCode: code,
      parent: centre,
    })
    for (let i = 0; i < 2; i += 1) staff.hire(department, 'handler', [code])
  }
  openBeside(staff, district, centre)
  for (const street of below(city.street.features, code)) addStreet(staff, city, street, centre)
}

/** A joint team and the party organisation beside the office of a district or street. */
function openBeside(staff: Staff, area: AreaFeature, office: string): void {
  const { code, name_zh: zh, name_en: en } = area.properties
  const above = { lineOrBlock: 'block', areaCode: code, parent: office } as const
  staff.open({ ...above, code: `${code}-team`, name: { zh: `${zh}联勤整治队伍`, en: `${en} Joint Team` }, kind: 'joint_team' })
  staff.open({
    ...above,
    code: `${code}-party`,
    name: { zh: `${zh}党组织（示例）`, en: `${en} Party Organisation (sample)` },
    kind: 'party_organisation',
  })
}

/** Ties of the demonstration by codes: members of the joint teams, party organisations beside their offices, and one that reports to a community. */
export function demonstrationTies(city: City): { kind: 'member' | 'party_of' | 'reports_to'; one: string; other: string }[] {
  const streets = city.street.features.map(({ properties }) => properties)
  const [firstCommunity] = city.community.features
  return [
    ...city.district.features.flatMap(({ properties: { code } }) => [
      ...['urban_management', 'market'].map((line) => ({ kind: 'member' as const, one: `${code}-team`, other: `${code}-${line}` })),
      { kind: 'party_of' as const, one: `${code}-party`, other: `${code}-centre` },
    ]),
    ...streets.flatMap(({ code }) => [
      { kind: 'member' as const, one: `${code}-team`, other: `${code}-office` },
      { kind: 'member' as const, one: `${code}-team`, other: `${code.slice(0, 6)}-urban_management` },
      { kind: 'party_of' as const, one: `${code}-party`, other: `${code}-office` },
    ]),
    { kind: 'reports_to', one: `${firstCommunity?.properties.code.slice(0, 6)}-party`, other: `${firstCommunity?.properties.code}-committee` },
  ]
}

function addStreet(staff: Staff, city: City, street: AreaFeature, above: string): void {
  const { code, name_zh: zh, name_en: en } = street.properties
  const office = staff.open({
    code: `${code}-office`,
    name: { zh: `${zh}办事处`, en: `${en} Office` },
    kind: 'street_office',
    lineOrBlock: 'block',
    areaCode: code,
    parent: above,
  })
  for (let i = 0; i < 3; i += 1) staff.hire(office, 'handler', [code], 'street')
  for (let i = 0; i < 2; i += 1) staff.hire(office, 'inspector', [code])
  staff.hire(office, 'leader', [code])
  staff.open({
    code: `${code}-enforcement`,
    name: { zh: `${zh}综合行政执法办公室`, en: `${en} Enforcement Office` },
    kind: 'internal_office',
    lineOrBlock: 'block',
    areaCode: code,
    parent: office,
  })
  openBeside(staff, street, office)
  for (const community of below(city.community.features, code)) addCommunity(staff, city, community, office)
}

function addCommunity(staff: Staff, city: City, community: AreaFeature, above: string): void {
  const { code, name_zh: zh, name_en: en } = community.properties
  const committee = staff.open({
    code: `${code}-committee`,
    name: { zh: `${zh}居民委员会`, en: `${en} Residents’ Committee` },
    kind: 'community',
    lineOrBlock: 'block',
    areaCode: code,
    parent: above,
  })
  // Takes part by a link, which the administrator makes.
  staff.open({
    code: `${code}-property`,
    name: { zh: `${zh}物业服务公司（示例）`, en: `${en} Property Services (sample)` },
    kind: 'property_company',
    lineOrBlock: 'block',
    areaCode: code,
    parent: null,
  })
  staff.hire(committee, 'handler', [code], 'community')
  const grids = below(city.grid.features, code).map((grid) => grid.properties.code)
  // Two neighbouring grids to a worker; the last takes what is left.
  for (let i = 0; i < grids.length; i += 2) staff.hire(committee, 'grid_worker', grids.slice(i, i + 2), 'grid')
}

function below(features: readonly AreaFeature[], parent: string): AreaFeature[] {
  return features.filter((area) => area.properties.parent === parent)
}
