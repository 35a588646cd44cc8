import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import Fastify, { type FastifyInstance } from 'fastify'
import { beforeEach, expect, test, vi } from 'vitest'
import type { PublicCase } from '#contexts/cases/contract.ts'
import type { Territory } from '#contexts/territory/index.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { refusals } from '#kernel/refusal.ts'
import { textFaults } from '#web/kit/testing.ts'
import { residentRoutes, type ResidentServices } from './routes.ts'
import { portalWords } from './words.ts'

const refuse = refusals('cases', { codeUnknown: { status: 404, zh: '没有找到这个查询码。', en: 'No case has this code.' } })
const names: Record<string, string> = { '9901': '滨江市', '990101': '望潮区', '990101001': '白鹭渡街道', '990101001001': '双井社区' }
const area = (code: string) => ({
  code,
  level: code.length === 12 ? 'community' : 'street',
  gridKind: null,
  name: { zh: names[code] ?? code, en: `E${code}` },
})
const territory = {
  path: () => [area('9901'), area('990101')],
  area,
  children: (code: string) =>
    Object.keys(names)
      .filter((one) => one.length === code.length + 3 && one.startsWith(code))
      .map(area),
} as unknown as Territory
const one: PublicCase = {
  number: '990101-20260302-00001',
  status: 'closed',
  statusName: { zh: '已结案', en: 'Closed' },
  text: '路灯 <b>坏了</b>',
  place: { zh: '双井社区' },
  matter: { zh: '路灯异常' },
  holder: { zh: '白鹭渡街道办事处' },
  reportedAt: '2026-03-02T01:00:00.000Z',
  disposeDueAt: null,
  rejection: null,
  timeline: [{ at: '2026-03-02T01:00:00.000Z', label: { zh: '收到反映' }, organisation: null }],
  result: '已换灯',
  rating: null,
  mayRate: true,
  mayWithdraw: false,
  sample: true,
}

let app: FastifyInstance
const services = {
  report: vi.fn<ResidentServices['report']>(),
  track: vi.fn<ResidentServices['track']>(),
  rate: vi.fn<ResidentServices['rate']>(),
  withdraw: vi.fn<ResidentServices['withdraw']>(),
  addPhoto: vi.fn<ResidentServices['addPhoto']>(),
  photos: vi.fn<ResidentServices['photos']>(() => Promise.resolve([])),
}
beforeEach(async () => {
  vi.resetAllMocks()
  app = Fastify()
  await app.register(cookie)
  await app.register(formbody)
  await residentRoutes(app, { ...services, territory: () => territory, districts: () => ['990101' as DistrictCode], sample: () => true })
})
const post = (url: string, form: Record<string, string>, cookies: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url,
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  })
const titleOf = (html: string): string => /<title>(.*?)<\/title>/.exec(html)?.[1] ?? ''

test('the portal speaks both languages', () => expect(textFaults(portalWords, ['otherLanguage'])).toEqual([]))

test('the home page has two doors, a telephone and the note on sample data, and no script', async () => {
  const { body, headers } = await app.inject('/')
  expect(body).toMatch(/href="\/report"[\s\S]*href="\/track"/)
  expect(body).toContain('tel:12345')
  expect(body).toContain('示例数据')
  expect(body).not.toContain('<script')
  expect(headers['content-language']).toBe('zh')
})

test('communities are grouped by street', async () => {
  const { body } = await app.inject('/report')
  expect(body).toMatch(/<optgroup label="白鹭渡街道"><option value="990101001001">双井社区/)
})

test('a faulty report names each fault, links it to its field, and loses nothing typed', async () => {
  const { body, statusCode } = await post('/report', { page: 'report', text: '', address: '路口', callerPhone: '12a', commandId: 'x' })
  expect(statusCode).toBe(400)
  expect(titleOf(body)).toMatch(/^错误：/)
  expect(body).toContain('<a href="#text">请写明发生了什么，至少两个字</a>')
  expect(body).toContain('<a href="#callerPhone">')
  expect(body).toContain('value="路口"')
  expect(body).toContain('value="12a"')
  expect(services.report).not.toHaveBeenCalled()
})

test('a report goes on once, with its position as WGS84, and the receipt shows the code', async () => {
  services.report.mockResolvedValue({ number: one.number, trackingCode: 'ABCDEFGHJKMNPQRS', reportedAt: one.reportedAt })
  const commandId = '01a20084-8fa9-7470-be94-da54afc2a66d'
  const { body, statusCode } = await post('/report', {
    text: ' 路灯坏了 ',
    lng: '121.5',
    lat: '31.24',
    accuracy: '12',
    areaCode: '',
    address: '',
    commandId,
  })
  expect(statusCode).toBe(200)
  expect(services.report).toHaveBeenCalledWith(
    expect.objectContaining({ commandId, text: '路灯坏了', lng: 121.5, lat: 31.24, datum: 'WGS84', areaCode: undefined }),
    expect.anything(),
  )
  expect(body).toContain('ABCD EFGH JKMN PQRS')
})

test('changing the language keeps every word and answers in that language', async () => {
  const reply = await post('/settings', { page: 'report', set: 'language:en', text: '路灯坏了', address: '<路口>' })
  expect(reply.body).toContain('<html lang="en"')
  expect(reply.body).toContain('>路灯坏了</textarea>')
  expect(reply.body).toContain('value="&lt;路口&gt;"')
  expect(reply.cookies).toContainEqual(expect.objectContaining({ name: 'lang', value: 'en' }))
})

test('the elder view is remembered', async () => {
  const reply = await post('/settings', { page: 'home', set: 'view:elder' })
  expect(reply.statusCode).toBe(303)
  expect(reply.cookies).toContainEqual(expect.objectContaining({ name: 'size', value: 'elder' }))
  expect((await app.inject({ url: '/', cookies: { size: 'elder' } })).body).toContain('data-size="elder"')
})

test('an unknown code is said beside the field', async () => {
  services.track.mockRejectedValue(refuse.codeUnknown({}, 'trackingCode'))
  const { body, statusCode } = await post('/track', { trackingCode: 'nonsense' })
  expect(statusCode).toBe(404)
  expect(body).toContain('<a href="#trackingCode">没有找到这个查询码。</a>')
  expect(body).toContain('value="nonsense"')
})

test('a case is told in plain words, escaped, with five labelled answers', async () => {
  services.track.mockResolvedValue(one)
  const { body } = await post('/track', { trackingCode: 'ABCD' })
  expect(body).toContain('路灯 &lt;b&gt;坏了&lt;/b&gt;')
  expect(body).toContain('已换灯')
  expect(body.match(/name="score"/g)).toHaveLength(5)
  expect(body).not.toContain('action="/withdraw"')
})

test('a rating without a choice is a fault; an unhappy one says that it is reopened', async () => {
  services.track.mockResolvedValue(one)
  const missing = await post('/rate', { trackingCode: 'ABCD', note: '写了很多' })
  expect(titleOf(missing.body)).toMatch(/^错误：/)
  expect(missing.body).toContain('>写了很多</textarea>')
  services.rate.mockResolvedValue({ ...one, status: 'reopened', mayRate: false, rating: 2 })
  const done = await post('/rate', { trackingCode: 'ABCD', score: '2' })
  expect(services.rate).toHaveBeenCalledWith('ABCD', expect.anything(), expect.objectContaining({ score: 2 }))
  expect(done.body).toContain('已重新打开，由督查员跟进')
})

test('a fault of our own is a page with its reference, never a stack', async () => {
  services.report.mockRejectedValue(new Error('secret detail'))
  const { body, statusCode } = await post('/report', { text: '路灯坏了', address: '路口' })
  expect(statusCode).toBe(500)
  expect(titleOf(body)).toMatch(/^错误：/)
  expect(body).not.toContain('secret detail')
})

test('styles and script have addresses of their own content', async () => {
  const { body } = await app.inject('/report')
  for (const [, href] of body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
    const asset = await app.inject(href ?? '')
    expect(asset.statusCode).toBe(200)
    expect(asset.headers['cache-control']).toContain('immutable')
  }
})
