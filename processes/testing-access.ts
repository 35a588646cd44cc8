/** How to ask the endpoints of second factors, keys of systems and the audit, for the policy matrix. */
import type { InjectOptions } from 'fastify'
import { appCode, testPassword } from '#contexts/people/testing.ts'
import { localDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { cityDistricts, middleOf } from './testing-city.ts'
import { door, get, made, personOf, post, type Ground, type Maker } from './testing-makers.ts'
import { headersOf, type Asker, type Cell } from './testing-policy.ts'

/** A system sees what its own reports became; a person's post gives the door only, for he has no reports by number. */
const reportTracked: Maker = async ({ app }, asker) => {
  const payload = { commandId: newId(), channel: 'department', externalKey: 'matrix-1', text: '路灯不亮', ...middleOf('990101001001001') }
  if (asker.bearer !== undefined) await app.inject({ ...post('/api/cases', payload), headers: headersOf(asker) })
  return [{ about: 'own', request: get('/api/cases/reported/matrix-1'), outcome: 'in' }]
}

const keyRequest = async ({ world }: Ground): Promise<object> => {
  const { rows } = await sql<{ id: string }>`select id from people.organisation where code = 'water-990101'`.execute(world.database.kysely)
  return { name: '示例系统', organisationId: rows[0]?.id, validTo: '2030-01-01' }
}

/** Records are read district by district; those of another one do not exist. */
const perDistrict =
  (request: (district: string) => InjectOptions): Maker =>
  (ground, asker) =>
    cityDistricts.map((district): Cell => {
      const place = { districtCode: district, areaCode: district, organisationIds: [] }
      return { about: district, request: request(district), outcome: ground.holds(asker, 'audit.read', place) ? 'in' : '404' }
    })

const sealsShown: Maker = (ground, asker) => {
  const expected = cityDistricts.filter((code) => ground.holds(asker, 'audit.read', { districtCode: code, areaCode: code, organisationIds: [] }))
  const found = (body: unknown): string[] => (body as { districts: { districtCode: string }[] }).districts.map((one) => one.districtCode)
  return [{ about: 'all', request: get('/api/audit'), outcome: 'in', shows: { found, expected } }]
}

/** A secret of the asker's own, made anew: what was on before is off. */
async function newSecret({ app, world }: Ground, { cookie = '' }: Asker): Promise<string> {
  await sql`delete from people.recovery_code`.execute(world.database.kysely)
  await sql`delete from people.second_factor`.execute(world.database.kysely)
  const reply = await app.inject({ ...post('/api/me/second-factor', { currentPassword: testPassword }), headers: { cookie } })
  return reply.json<{ secret?: string }>().secret ?? ''
}

const confirmation = async (ground: Ground, asker: Asker): Promise<InjectOptions> =>
  post('/api/me/second-factor/confirmation', { code: appCode(await newSecret(ground, asker), ground.clock.now()) })

/** On and off again, so that the next sign-in of the asker needs no code. */
const switchedOff = async (ground: Ground, asker: Asker): Promise<InjectOptions> => {
  const on = await ground.app.inject({ ...(await confirmation(ground, asker)), headers: { cookie: asker.cookie ?? '' } })
  return post('/api/me/second-factor/removal', { code: on.json<{ recoveryCodes?: string[] }>().recoveryCodes?.[0] ?? '000000' })
}

const unprotect = async (ground: Ground): Promise<InjectOptions> => {
  const personId = await personOf(ground)
  await sql`insert into people.second_factor (account_id, secret_box, started_at, confirmed_at)
    select id, '', now(), now() from people.account where person_id = ${personId}`.execute(ground.world.database.kysely)
  return post(`/api/persons/${personId}/second-factor/removal`)
}

/** By the id of the endpoint. */
export const accessMakers: Readonly<Record<string, Maker>> = {
  startSecondFactor: door(() => post('/api/me/second-factor', { currentPassword: testPassword })),
  confirmSecondFactor: door(confirmation),
  switchSecondFactorOff: door(switchedOff),
  removeSecondFactor: door(unprotect),
  listKeys: door(() => get('/api/keys')),
  createKey: door(async (ground) => post('/api/keys', await keyRequest(ground))),
  revokeKey: door(async (ground) =>
    post(`/api/keys/${(await made<{ key: { id: string } }>(ground, '/api/keys', await keyRequest(ground))).key.id}/revocation`),
  ),
  listFactorRules: door(() => get('/api/second-factor-rules')),
  setFactorRule: door(({ clock }) =>
    post('/api/second-factor-rules', { role: 'handler', demand: 'ask', effectiveFrom: localDate(clock.now(), 'Asia/Shanghai') }),
  ),
  trackReport: reportTracked,

  readAudit: sealsShown,
  listAuditEntries: perDistrict((district) => get(`/api/audit/${district}/entries`)),
  exportAuditEntries: perDistrict((district) => get(`/api/audit/${district}/export?type=people.signed_in`)),
  readEntrySeal: perDistrict((district) => get(`/api/audit/${district}/entries/1/seal`)),
  listLooks: perDistrict((district) => get(`/api/audit/${district}/looks`)),
  startVerification: perDistrict((district) => post(`/api/audit/${district}/verification`)),
  readVerification: perDistrict((district) => get(`/api/audit/${district}/verification`)),
}
