import type { StaffFileText } from '#contexts/people/index.ts'
import type { AreaFeature, City } from './geometry.ts'

/** One password for every demonstration account. It is printed at every start, so it protects nothing and never belongs to a real account. */
export const demonstrationPassword = 'Huying-2026'

const since = '2025-01-01'

interface Line {
  readonly functionCode: string
  /** After the district's name. */
  readonly zh: string
  readonly en: string
  readonly kind: 'department' | 'enterprise'
  /** In the first district only: the second has the departments that a matter of the catalogue needs. */
  readonly firstOnly: boolean
}

const line = (functionCode: string, zh: string, en: string, more: Partial<Line> = {}): Line => ({
  functionCode,
  zh,
  en,
  kind: 'department',
  firstOnly: false,
  ...more,
})

/** Lines (条) of each district. Who supplies power, water and gas is an enterprise that answers like a department. */
const lines: readonly Line[] = [
  line('urban_management', '城市管理局', 'Urban Management Bureau'),
  line('housing', '住房和建设局', 'Housing and Construction Bureau'),
  line('transport', '交通和市政管理局', 'Transport and Utilities Bureau'),
  line('ecology', '生态环境局', 'Ecology and Environment Bureau'),
  line('market', '市场监督管理局', 'Market Supervision Bureau'),
  line('water', '水务局', 'Water Bureau'),
  line('parks', '园林绿化局', 'Parks Bureau'),
  line('public_security', '公安分局', 'Public Security Branch'),
  line('fire', '消防救援大队', 'Fire and Rescue Brigade'),
  line('human_resources', '人力资源和社会保障局', 'Human Resources Bureau'),
  line('education', '教育局', 'Education Bureau'),
  line('power', '供电公司', 'Power Company', { kind: 'enterprise' }),
  line('gas', '燃气公司', 'Gas Company', { kind: 'enterprise' }),
  line('health', '卫生健康委员会', 'Health Commission', { firstOnly: true }),
  line('civil_affairs', '民政局', 'Civil Affairs Bureau', { firstOnly: true }),
  line('emergency', '应急管理局', 'Emergency Management Bureau', { firstOnly: true }),
  line('water_supply', '供水公司', 'Water Supply Company', { kind: 'enterprise', firstOnly: true }),
]

/** Offices of each street (街道内设机构), each a line of the street itself. */
const streetOffices = [
  ['party_affairs', '党政综合办公室', 'General Office'],
  ['public_order', '平安建设办公室', 'Public Order Office'],
  ['public_services', '公共服务办公室', 'Public Services Office'],
  // The work that a department may delegate to the street (catalogue/delegations.ts).
  ['urban_management', '综合行政执法队', 'Enforcement Team'],
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
  const isFirst = city.district.features[0] === district
  for (const { functionCode, kind, firstOnly, ...name } of lines) {
    if (firstOnly && !isFirst) continue
    const department = staff.open({
      code: `${code}-${functionCode}`,
      name: { zh: `${zh}${name.zh}`, en: `${en} ${name.en}` },
      kind,
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
  for (const [functionCode, nameZh, nameEn] of streetOffices) {
    const own = staff.open({
      code: `${code}-office-${functionCode}`,
      name: { zh: `${zh}${nameZh}`, en: `${en} ${nameEn}` },
      kind: 'internal_office',
      lineOrBlock: 'line',
      functionCode,
      areaCode: code,
      parent: office,
    })
    staff.hire(own, 'handler', [code], 'office')
  }
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
