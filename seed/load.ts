import { readFileSync } from 'node:fs'
import { setChannelDefaults } from '#contexts/cases/index.ts'
import { exportCatalogue, importCatalogue, loadCalendar, loadCatalogue, nationalDirectory } from '#contexts/catalogue/index.ts'
import { importPeople, loadDirectory, loadPolicy, tieOrganisations } from '#contexts/people/index.ts'
import { importAreaPolygons, importBuildings, importHouseholds } from '#contexts/territory/index.ts'
import { systemActor } from '#kernel/actor.ts'
import { localDate, movableClock, systemClock, weekday, type Clock, type Instant, type LocalDate } from '#kernel/clock.ts'
import { levels, type DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { Refusal, type Wording } from '#kernel/refusal.ts'
import { inTransaction, openDatabase, type Database } from '#platform/database/database.ts'
import { openDistrict } from '#platform/district.ts'
import type { Doing } from '#platform/event.ts'
import { silentLogger } from '#platform/logger.ts'
import { findReceipts, saveReceipts } from '#platform/receipt.ts'
import { compose } from '#processes/compose.ts'
import { contactKey } from '#processes/key.ts'
import type { SignIn } from '#processes/start.ts'
import { subscribersOf } from '#processes/subscriptions.ts'
import { sweepTurn } from '#processes/worker.ts'
import { liveCallBacks, liveMerged } from './cases/calling-back.ts'
import { liveAtDesk } from './cases/desk.ts'
import { liveLadder, liveTrifles } from './cases/ladder.ts'
import { livePhotos } from './cases/photos.ts'
import { planCases } from './cases/plan.ts'
import { placesOf, type Road } from './cases/places.ts'
import { idOf, liveThrough } from './cases/run.ts'
import { liveRequests } from './cases/requests.ts'
import { tellerOf } from './cases/teller.ts'
import { liveWhistles } from './cases/whistles.ts'
import { liveWork } from './cases/work.ts'
import { demonstrationDelegations } from './catalogue/delegations.ts'
import { liveEntryRequests } from './catalogue/entry-requests.ts'
import { demonstrationCommitteeLists, demonstrationMatters } from './catalogue/matters.ts'
import { drawCity, origin, type City } from './geometry.ts'
import { demonstrationPassword, demonstrationStaff, demonstrationTies } from './people.ts'
import { random } from './random.ts'
import { readGround } from './territory/ground.ts'
import { buildingLists, profiles } from './territory/buildings.ts'
import { unitGridsOf } from './territory/unit-grids.ts'

const ZONE = 'Asia/Shanghai'
const HOME = '990101' as DistrictCode
const SINCE = '2025-01-01' as LocalDate
// Its receipt says that the whole city is there.
const WHOLE_CITY = '99010000-0000-8000-a000-000000000001'

/** Accounts to try, one per role. All other accounts of the city have the same password. */
export const signIns: readonly (readonly [Wording, string])[] = [
  [{ zh: '派遣员', en: 'Dispatcher' }, 'dispatcher1'],
  [{ zh: '网格员', en: 'Grid worker' }, 'grid1'],
  [{ zh: '社区处置人员', en: 'Community handler' }, 'community1'],
  [{ zh: '街道处置人员', en: 'Street handler' }, 'street1'],
  [{ zh: '城管局处置人员', en: 'Department handler' }, 'handler1'],
  [{ zh: '街道办公室人员', en: 'Street’s own office' }, 'office2'],
  [{ zh: '核查员', en: 'Inspector' }, 'inspector1'],
  [{ zh: '督查员', en: 'Supervisor' }, 'supervisor1'],
  [{ zh: '分管领导', en: 'Leader' }, 'leader2'],
  [{ zh: '系统管理员', en: 'System administrator' }, 'sysadmin'],
  [{ zh: '安全管理员', en: 'Security administrator' }, 'secadmin'],
  [{ zh: '审计管理员', en: 'Audit administrator' }, 'auditadmin'],
]

/**
 * Loads the invented demonstration city into a migrated database unless it is there already: territory, staff, catalogue, and three months of
 * cases up to now (`cases` of them, some 2,500 unless said), all marked as samples. A load that was broken off is completed. Returns accounts to
 * sign in with.
 */
export async function loadDemonstrationCity(
  databaseUrl: string,
  { cases, filesAt }: { cases?: number; filesAt?: string } = {},
): Promise<readonly SignIn[]> {
  const database = openDatabase(databaseUrl)
  // Some 3,000 commits, of which none is worth waiting for the disk: the receipt below waits for all of them.
  const loading = openDatabase(databaseUrl, { canRepeat: true })
  try {
    if (!(await isLoaded(database))) {
      say('载入示例城市…', 'Loading the demonstration city …')
      const city = await loadGround(loading, systemClock)
      const result = await loadCases(loading, city, {
        now: systemClock.now(),
        key: await contactKey(),
        count: cases,
        filesAt,
        progress: showProgress,
      })
      await inTransaction(database, (tx) =>
        saveReceipts(tx, [{ districtCode: HOME, commandId: WHOLE_CITY, command: 'loadDemonstrationCity', actorPersonId: null, result }]),
      )
      // Statistics, as after any import (processes/recorded/import.ts).
      await database.pool.query('analyze')
    }
    return signIns.map(([role, name]) => ({ role, name, password: demonstrationPassword }))
  } finally {
    await loading.close()
    await database.close()
  }
}

async function isLoaded(database: Database): Promise<boolean> {
  return inTransaction(database, async (tx) => (await findReceipts(tx, HOME, [WHOLE_CITY])).has(WHOLE_CITY))
}

/** Everything but cases: two districts with their territory, the catalogue with its calendars, and the staff. Repeating it changes nothing. */
export async function loadGround(database: Database, clock: Clock): Promise<City> {
  const city = drawCity(readGround(origin))
  await inTransaction(database, async (tx) => {
    for (const { properties } of city.district.features) {
      await openDistrict(tx, {
        code: properties.code,
        name: { zh: `${properties.name_zh}（示例）`, en: `${properties.name_en} (sample)` },
        timeZone: ZONE,
        sample: true,
      })
    }
  })
  const doing = (): Doing => ({ database, clock, actor: systemActor('demonstration'), commandId: newId(), requestId: 'demonstration', subscribersOf })
  const layers = [
    ...levels.map((level) => ({ level, areas: city[level] })),
    { level: 'grid' as const, gridKind: 'unit' as const, areas: unitGridsOf(city, origin) },
  ]
  for (const { areas, level, ...kind } of layers) {
    const { written, rejected } = await importAreaPolygons(doing(), areas, {
      level,
      ...kind,
      datum: 'WGS84',
      validFrom: SINCE,
      codeProperty: 'code',
      // The city's parent would be a province, which the demonstration does without.
      ...(level === 'city' ? {} : { parentProperty: 'parent' }),
      nameProperty: 'name_zh',
      nameEnProperty: 'name_en',
    })
    if (!written) throw new Error(`the demonstration's ${level} was refused: ${rejected[0]?.en}`)
  }
  await loadBuildings(city, doing)
  // Before the catalogue, which names the departments that delegated.
  await importPeople(doing(), demonstrationStaff(city))
  const committee = demonstrationCommitteeLists(city.city.features[0]?.properties.code ?? '')
  const today = localDate(clock.now(), ZONE)
  // Their terms follow the day of the first load; a load that is completed on another day keeps them.
  const { delegations: held } = await inTransaction(database, (tx) => exportCatalogue(tx))
  const delegations = held.length > 0 ? [] : demonstrationDelegations(today)
  await importCatalogue(doing(), { format: 'huying-catalogue/1', matters: demonstrationMatters(), committee, delegations })
  await importCatalogue(doing(), nationalDirectory)
  await loadCalendar(doing())
  const { calendar } = await inTransaction(database, (tx) => loadCatalogue(tx, today))
  await loadCalendar(doing(), inventedCalendars(today, new Set(calendar.years.map(({ year }) => year))))
  const { organisations, policy } = await inTransaction(database, async (tx) => ({
    organisations: new Map([...(await loadDirectory(tx)).organisations.values()].map(({ id, code }) => [code, id])),
    policy: await loadPolicy(tx),
  }))
  for (const { kind, one, other } of demonstrationTies(city)) {
    const [organisationId = '', otherId = ''] = [organisations.get(one), organisations.get(other)]
    await tieOrganisations(doing(), policy, { kind, organisationId, otherId }).catch(unlessThere)
  }
  await setChannelDefaults(database, HOME)
  return city
}

async function loadBuildings(city: City, doing: () => Doing): Promise<void> {
  const lists = buildingLists(city)
  const reports = [
    await importBuildings(doing(), lists.buildings, { validFrom: SINCE, columns: profiles.buildings }),
    await importHouseholds(doing(), lists.households, { validFrom: SINCE, columns: profiles.households }),
  ]
  for (const { written, rejected } of reports) if (!written) throw new Error(`the demonstration's buildings were refused: ${rejected[0]?.en}`)
}

/** A tie of an earlier, broken-off load stays as it is. */
function unlessThere(error: unknown): void {
  if (!(error instanceof Refusal && error.code === 'people.tiedAlready')) throw error
}

/**
 * Plain invented calendars of this year and its neighbours, for those without an official one: whenever the demonstration is started, its clocks
 * can be computed.
 */
export function inventedCalendars(
  day: LocalDate,
  known: ReadonlySet<number>,
): { year: number; source: string; off: LocalDate[]; makeup: LocalDate[] }[] {
  const thisYear = Number(day.slice(0, 4))
  const missing = [thisYear - 1, thisYear, thisYear + 1].filter((year) => !known.has(year))
  return missing.map((year) => {
    const holidays = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map((date) => `${year}-${date}` as LocalDate)
    return { year, source: '示例日历，非官方放假安排', off: holidays.filter((date) => ![0, 6].includes(weekday(date))), makeup: [] }
  })
}

const GROWING = 'cases.case, assignments.assignment, assignments.milestone, assignments.timer, platform.event'

interface CaseOptions {
  readonly now: Instant
  /** 32 bytes for contact fields. */
  readonly key: Uint8Array
  /** Of cases; some 2,500 unless said. */
  readonly count?: number | undefined
  /** Folder of the pictures; beside the data unless said. */
  readonly filesAt?: string | undefined
  readonly progress: (done: number, total: number) => void
}

/** Three months of cases up to `now`, through the product's own commands on a clock of their own. Returns the moves made, and the codes of refusals, of which there should be none. */
export async function loadCases(
  database: Database,
  city: City,
  { now, key, count, filesAt, progress }: CaseOptions,
): Promise<{ moves: number; refused: string[] }> {
  // Today's rules hold for the whole time: nothing of the city is older or younger than its cases.
  const clock = movableClock(now)
  const world = await compose({ database, clock, logger: silentLogger, key, ...(filesAt === undefined ? {} : { filesAt }) })
  const places = placesOf(city, readRoads())
  const plans = planCases(places, now, random(2026), count)
  // Dispatch happens by the plan at its own moment, so nobody needs to be told of new calls.
  const theatre = {
    cases: { ...world.cases, subscribersOf: () => [] },
    clock,
    turn: () => sweepTurn(world),
    grown: () => database.pool.query(`analyze ${GROWING}`),
  }
  const lived = await liveThrough(theatre, plans, now, (done) => progress(done, plans.length))
  await liveWhistles(theatre, now, idOf)
  const teller = tellerOf(theatre, places, now)
  await liveRequests(teller, now)
  await liveLadder(teller)
  await liveTrifles(teller, places)
  await liveWork(teller)
  await liveMerged(teller)
  await liveCallBacks(teller, now)
  await liveEntryRequests(teller, now)
  await livePhotos(teller, world.files)
  await theatre.turn()
  // What the desk leaves to the rules is dispatched by the server's worker.
  await liveAtDesk({ ...theatre, cases: world.cases }, places, now, idOf)
  return lived
}

interface RoadFeature {
  readonly properties: { readonly name_zh?: string; readonly tunnel?: boolean }
  readonly geometry: { readonly type: string; readonly coordinates: Road['lines'] }
}

function readRoads(): Road[] {
  return ['roads', 'invented'].flatMap((name) => {
    const { features } = JSON.parse(readFileSync(new URL(`./basemap/${name}.geojson`, import.meta.url), 'utf8')) as { features: RoadFeature[] }
    return features.flatMap(({ properties, geometry }) =>
      geometry.type === 'MultiLineString' && properties.name_zh && !properties.tunnel
        ? [{ name: properties.name_zh, lines: geometry.coordinates }]
        : [],
    )
  })
}

function say(zh: string, en: string): void {
  process.stdout.write(`${zh} ${en}\n`)
}

function showProgress(done: number, total: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\r  案件 Cases ${done}/${total}${done === total ? '\n' : ''}`)
}
