/** How to ask the endpoints of trifles and of calls back, for the policy matrix. */
import type { InjectOptions } from 'fastify'
import { addDays, localDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { cityAreas, middleOf } from './testing-city.ts'
import { get, itemsOf, post, type Ground, type Maker } from './testing-makers.ts'
import type { Cell, Outcome, Place } from './testing-policy.ts'

interface DrawRow extends Place {
  readonly id: string
}

/** A sample of each district, published by whoever supervises it. */
async function drawRows(ground: Ground): Promise<DrawRow[]> {
  const read = () =>
    sql<DrawRow>`select id, district_code, area_code, '{}'::uuid[] as organisation_ids from cases.call_back_draw`.execute(
      ground.world.database.kysely,
    )
  const { rows } = await read()
  if (rows.length > 0) return rows
  const day = localDate(ground.clock.now(), 'Asia/Shanghai')
  for (const [login, areaCode] of [
    ['supervisor', '990101'],
    ['supervisor2', '990102'],
  ] as const) {
    const payload = { commandId: newId(), areaCode, from: addDays(day, -30), to: day }
    await ground.app.inject({ ...post('/api/call-backs', payload), headers: { cookie: await ground.enter(login) } })
  }
  return (await read()).rows
}

const drawsListed: Maker = async (ground, asker) => {
  const expected = (await drawRows(ground)).filter((row) => ground.holds(asker, 'case.call_back', row)).map(({ id }) => id)
  return [{ about: 'all', request: get('/api/call-backs?limit=100'), outcome: 'in', shows: { found: itemsOf('id'), expected, most: 100 } }]
}

const published: Maker = (ground, asker) =>
  ['990101', '990102'].map((areaCode): Cell => {
    const day = localDate(ground.clock.now(), 'Asia/Shanghai')
    const place = { districtCode: areaCode, areaCode, organisationIds: [] }
    const request = post('/api/call-backs', { commandId: newId(), areaCode, from: addDays(day, -30), to: day })
    return { about: areaCode, request, outcome: ground.holds(asker, 'case.draw_sample', place) ? 'in' : '403' }
  })

/** A sample that one may not see does not exist; what is done with it asks for the permission as well. */
const aboutDraws =
  (permission: string, request: (row: DrawRow, ground: Ground) => InjectOptions | Promise<InjectOptions>): Maker =>
  async (ground, asker) =>
    Promise.all(
      (await drawRows(ground)).map(async (row): Promise<Cell> => {
        const outcome: Outcome = !ground.holds(asker, 'case.call_back', row) ? '404' : ground.holds(asker, permission, row) ? 'in' : '403'
        return { about: row.districtCode, request: await request(row, ground), outcome }
      }),
    )
const drawAddress = ({ districtCode, id }: DrawRow): string => `/api/call-backs/${districtCode}/${id}`

/** The first sampled case that still waits for an answer; the matrix closed it, so nobody who asks here has worked on it. */
async function outcomeOf(row: DrawRow, { world }: Ground): Promise<InjectOptions> {
  const { rows } = await sql<{ caseId: string }>`select case_id from cases.call_back where draw_id = ${row.id} and outcome is null limit 1`.execute(
    world.database.kysely,
  )
  return post(`${drawAddress(row)}/outcomes`, { commandId: newId(), caseId: rows[0]?.caseId ?? newId(), outcome: 'solved' })
}

/** What is found and settled at once is no less a report. */
const settledOnSpot: Maker = (ground, asker) =>
  cityAreas
    .filter(({ level }) => level === 'grid')
    .map(({ code }): Cell => {
      const place = { districtCode: code.slice(0, 6), areaCode: code, organisationIds: [] }
      const payload = { commandId: newId(), text: '墙上到处贴小广告', result: '已清除', ...middleOf(code) }
      const outcome = ground.holds(asker, 'case.report', place) ? 'in' : '403'
      return { about: code, request: post('/api/cases/on-the-spot', payload), outcome }
    })

export const callUpMakers: Readonly<Record<string, Maker>> = {
  settleOnSpot: settledOnSpot,
  listDraws: drawsListed,
  publishDraw: published,
  drawSample: aboutDraws('case.draw_sample', (row) => post(`${drawAddress(row)}/draw`, { commandId: newId() })),
  getDraw: aboutDraws('case.call_back', (row) => get(drawAddress(row))),
  repeatDraw: aboutDraws('case.call_back', (row) => get(`${drawAddress(row)}/repeat`)),
  recordCallBack: aboutDraws('case.call_back', outcomeOf),
}
