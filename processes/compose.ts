import { join } from 'node:path'
import type { FigureServices } from '#contexts/assessment/index.ts'
import { createIntake, loadChannelDefaults, loadRequestRules, type CaseServices, type Intake, type Rules } from '#contexts/cases/index.ts'
import { keepCatalogue } from '#contexts/catalogue/index.ts'
import { loadDirectory, loadPolicy, registerResource } from '#contexts/people/index.ts'
import { keepTerritory, loadMapHosts } from '#contexts/territory/index.ts'
import { localDate, type Clock } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { dataHome } from '#platform/database/folders.ts'
import { inTransaction, type Database } from '#platform/database/database.ts'
import { knownDistricts, listDistricts } from '#platform/district.ts'
import type { Doing } from '#platform/event.ts'
import type { Logger } from '#platform/logger.ts'
import { openFiles, type Files } from '#platform/files.ts'
import { createSecrets } from '#platform/secret.ts'
import { subscribersOf } from './subscriptions.ts'

const ZONE = 'Asia/Shanghai'

registerResource('case', { districtCode: 'district_code', areaCode: 'area_code', organisationIds: 'organisation_ids' })

/** The whole product, put together around one database. */
export interface World {
  readonly database: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly subscribersOf: Doing['subscribersOf']
  readonly rules: () => Rules
  /** Loads the rules anew where they changed; loops call it every second. */
  readonly refreshRules: () => Promise<void>
  readonly districts: () => Promise<readonly DistrictCode[]>
  readonly cases: CaseServices
  readonly intake: Intake
  readonly figures: FigureServices
  /** Hosts that the configured base map is fetched from; empty unless a city configured one. */
  readonly mapHosts: () => readonly string[]
  /** Where pictures lie. */
  readonly files: Files
}

/** Builds the world. `key`: 32 bytes for contact fields; `filesAt`: folder of the pictures, beside the data unless told. */
export async function compose(parts: { database: Database; clock: Clock; logger: Logger; key: Uint8Array; filesAt?: string }): Promise<World> {
  const { database, clock, logger, key, filesAt = join(dataHome(), 'files') } = parts
  const [territory, catalogue] = await Promise.all([keepTerritory(database, clock, ZONE), keepCatalogue(database, clock, ZONE)])
  const loadRest = async () => {
    const [directory, policy] = await inTransaction(database, async (tx) => [await loadDirectory(tx), await loadPolicy(tx)] as const)
    return {
      directory,
      policy,
      defaults: await loadChannelDefaults(database),
      districts: await inTransaction(database, (tx) => listDistricts(tx)),
      mapHosts: await loadMapHosts(database),
      requests: await loadRequestRules(database, localDate(clock.now(), ZONE)),
    }
  }
  let rest = await loadRest()
  const build = (): Rules => ({
    on: localDate(clock.now(), ZONE),
    territory: territory.current(),
    catalogue: catalogue.current(),
    directory: rest.directory,
    policy: rest.policy,
    requests: rest.requests,
    districts: rest.districts.map((district) => district.code),
    sample: rest.districts.length > 0 && rest.districts.every((district) => district.sample),
    defaultDistrict: (channel) => rest.defaults.get(channel) ?? rest.districts[0]?.code,
  })
  let held = build()
  const rules = (): Rules => held
  const refreshRules = async (): Promise<void> => {
    const [, , fresh] = await Promise.all([territory.refresh(), catalogue.refresh(), loadRest()])
    rest = fresh
    held = build()
  }
  const cases: CaseServices = { database, clock, subscribersOf, secrets: createSecrets(key), rules }
  return {
    database,
    clock,
    logger,
    subscribersOf,
    rules,
    refreshRules,
    districts: () => knownDistricts(database),
    cases,
    intake: createIntake(cases),
    figures: { ...cases, zone: ZONE },
    mapHosts: () => rest.mapHosts,
    files: openFiles(filesAt),
  }
}
