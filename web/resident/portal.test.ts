import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import Fastify, { type FastifyInstance } from 'fastify'
import { beforeEach, expect, test, vi } from 'vitest'
import type { PublicCase } from '#contexts/cases/contract.ts'
import type { Territory } from '#contexts/territory/index.ts'
import type { DraftAnswers } from '#contexts/cases/index.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Instant } from '#kernel/clock.ts'
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
  box: () => undefined,
  locate: () => null,
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
  others: [],
  holder: { zh: '白鹭渡街道办事处' },
  reportedAt: '2026-03-02T01:00:00.000Z',
  respondDueAt: null,
  disposeDueAt: null,
  rejection: null,
  mainNumber: null,
  parts: [],
  partsDone: false,
  handedTo: null,
  timeline: [{ at: '2026-03-02T01:00:00.000Z', label: { zh: '收到反映' }, organisation: null }],
  result: '已换灯',
  rating: null,
  mayRate: true,
  mayUnrate: false,
  mayWithdraw: false,
  sample: true,
}

const portal = {
  phone: '12345 6789',
  hours: { zh: '工作日 9 点到 17 点', en: 'weekdays from nine to five' },
  link: { address: 'https://example.org/district', name: { zh: '本区网站', en: 'The district' } },
}

let app: FastifyInstance
const services = {
  report: vi.fn<ResidentServices['report']>(),
  track: vi.fn<ResidentServices['track']>(),
  rate: vi.fn<ResidentServices['rate']>(),
  unrate: vi.fn<ResidentServices['unrate']>(),
  alike: vi.fn<ResidentServices['alike']>(() => Promise.resolve([])),
  join: vi.fn<ResidentServices['join']>(() => Promise.resolve(true)),
  expected: vi.fn<ResidentServices['expected']>(() => Promise.resolve(null)),
  withdraw: vi.fn<ResidentServices['withdraw']>(),
  addPhoto: vi.fn<ResidentServices['addPhoto']>(),
  photos: vi.fn<ResidentServices['photos']>(() => Promise.resolve([])),
}
/** Drafts as the real ones behave, in memory. */
const kept = new Map<string, DraftAnswers>()
const drafts: ResidentServices['drafts'] = {
  read: async (key) => kept.get(key),
  save: async (key = `key${kept.size + 1}`, answers) => {
    kept.set(key, answers)
    return key
  },
  addPhoto: async () => undefined,
  photos: async () => [],
  photoBytes: async () => [],
  dropPhotos: async () => undefined,
  drop: async (key) => void kept.delete(key),
}
beforeEach(async () => {
  kept.clear()
  vi.resetAllMocks()
  app = Fastify()
  await app.register(cookie)
  await app.register(formbody)
  await residentRoutes(app, {
    ...services,
    drafts,
    territory: () => territory,
    settings: () => portal,
    districts: () => ['990101' as DistrictCode],
    sample: () => true,
  })
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

test('the home page has three doors, one of them the telephone, and the note on sample data, and works without its one script', async () => {
  const { body, headers } = await app.inject('/')
  expect(body).toMatch(/href="\/report"[\s\S]*href="\/track"/)
  expect(body).toContain('href="tel:123456789"')
  expect(body).toContain('服务时间：工作日 9 点到 17 点。')
  expect(body).toContain('<a href="https://example.org/district" rel="external noreferrer">本区网站</a>')
  expect(body).toContain('示例数据')
  expect(body.match(/<script/g)).toHaveLength(1)
  expect(body).toMatch(/<script src="\/assets\/[^"]+" defer/)
  expect(headers['content-language']).toBe('zh')
})

/** Walks through the pages of a report with these answers, up to the page that checks them. */
async function writeReport(answers: Record<string, string>): Promise<Record<string, string>> {
  const first = await post('/report', { page: 'what', text: answers['text'] ?? '路灯坏了' })
  const cookies = Object.fromEntries(first.cookies.map(({ name, value }) => [name, value]))
  for (const page of ['where', 'same', 'contact']) await post(`/report/${page}`, { page, ...answers }, cookies)
  return cookies
}
const receiptOf = { number: one.number, trackingCode: 'ABCDEFGHJKMNPQRS', reportedAt: one.reportedAt, advice: null }

test('communities are grouped by street', async () => {
  const cookies = await writeReport({})
  const { body } = await app.inject({ url: '/report/where', cookies })
  expect(body).toMatch(/<optgroup label="白鹭渡街道"><option value="990101001001">双井社区/)
  expect(body.indexOf('name="address"')).toBeLessThan(body.indexOf('name="areaCode"'))
})

test('one question a page: each answer leads on to the next, and none is in an address', async () => {
  const first = await post('/report', { page: 'what', text: '路灯坏了' })
  expect([first.statusCode, first.headers.location]).toEqual([303, '/report/where'])
  const cookies = Object.fromEntries(first.cookies.map(({ name, value }) => [name, value]))
  expect(first.cookies[0]).toMatchObject({ name: 'report', httpOnly: true, sameSite: 'Lax' })
  expect((await post('/report/where', { page: 'where', address: '路口' }, cookies)).headers.location).toBe('/report/same')
  expect((await app.inject({ url: '/report/same', cookies })).headers.location).toBe('/report/photo')
  expect((await app.inject({ url: '/report', cookies })).body).toContain('>路灯坏了</textarea>')
})

test('without a draft, or after it has expired, every page leads to the first', async () => {
  for (const page of ['where', 'same', 'photo', 'contact', 'check']) expect((await app.inject(`/report/${page}`)).headers.location).toBe('/report')
  expect((await post('/report/check', { page: 'check' }, { report: 'gone' })).headers.location).toBe('/report')
})

test('a faulty page names each fault, links it to its field, and loses nothing typed', async () => {
  const missing = await post('/report', { page: 'what', text: '' })
  expect(missing.statusCode).toBe(400)
  expect(titleOf(missing.body)).toMatch(/^错误：/)
  expect(missing.body).toContain('<a href="#text">请写明发生了什么，至少两个字</a>')
  const cookies = await writeReport({ address: '路口' })
  const contact = await post('/report/contact', { page: 'contact', callerName: '王', callerPhone: '12a' }, cookies)
  expect(contact.body).toContain('<a href="#callerPhone">')
  expect(contact.body).toContain('value="12a"')
  expect(contact.body).toContain('value="王"')
  // Whoever goes on by the address alone is brought back to what is missing.
  const sent = await post('/report/check', { page: 'check' }, cookies)
  expect(sent.body).toContain('<a href="#callerPhone">')
  expect(services.report).not.toHaveBeenCalled()
})

test('a report goes on once, with its position as WGS84, and the receipt shows number, code, date and a QR code of the number alone', async () => {
  services.report.mockResolvedValue(receiptOf)
  services.expected.mockResolvedValue('2026-03-05T09:00:00.000Z' as Instant)
  const cookies = await writeReport({ text: ' 路灯坏了 ', lng: '121.5', lat: '31.24', accuracy: '12' })
  const sent = await post('/report/check', { page: 'check' }, cookies)
  expect([sent.statusCode, sent.headers.location]).toEqual([303, '/report/receipt'])
  expect(services.report).toHaveBeenCalledWith(
    expect.objectContaining({ text: '路灯坏了', lng: 121.5, lat: 31.24, datum: 'WGS84', areaCode: undefined }),
    expect.anything(),
    false,
  )
  const { body } = await app.inject({ url: '/report/receipt', cookies })
  expect(body).toContain('ABCD EFGH JKMN PQRS')
  expect(body).toContain('4 天内，最晚 2026年3月5日 17:00')
  expect(body).toMatch(/role="img" aria-label="[^"]+"><svg/)
  // Sending the page again shows the same receipt and sends nothing.
  expect((await post('/report/check', { page: 'check' }, cookies)).headers.location).toBe('/report/receipt')
  expect(services.report).toHaveBeenCalledTimes(1)
  expect([...kept.values()].flatMap((answers) => Object.values(answers))).not.toContain(' 路灯坏了 ')
  await post('/report/forget', {}, cookies)
  expect((await app.inject({ url: '/report/receipt', cookies })).headers.location).toBe('/track')
})

test('the form names the numbers to dial, and the receipt of a call with words of danger says whom to dial first, in either language', async () => {
  const form = await app.inject('/report')
  for (const number of ['110', '119', '120', '122']) expect(form.body).toContain(`href="tel:${number}"`)
  const advice = { service: '119', text: { zh: '文中有“煤气泄漏”：先拨 119（消防救援）', en: 'It says so' } } as const
  services.report.mockResolvedValue({ ...receiptOf, advice })
  const cookies = await writeReport({ text: '楼道煤气泄漏', areaCode: '990101001001' })
  await post('/report/check', { page: 'check' }, cookies)
  const { body } = await app.inject({ url: '/report/receipt', cookies })
  expect(body).toMatch(/role="alert"[\s\S]*href="tel:119"[\s\S]*先拨 119[\s\S]*煤气泄漏/)
  const switched = await post('/settings', { page: 'receipt', set: 'language:en' }, cookies)
  expect(switched.headers.location).toBe('/report/receipt')
  expect((await app.inject({ url: '/report/receipt', cookies: { ...cookies, lang: 'en' } })).body).toContain('Call 119 first')
})

test('nearby reports of the same matter are offered without a word of anybody, and me-too joins', async () => {
  const alike = { districtCode: '990101', id: 'main', matter: { zh: '路灯异常' }, status: 'dispatched' as const, place: { zh: '双井社区' } }
  services.alike.mockResolvedValue([{ ...alike, reportedAt: one.reportedAt as Instant, metres: 40 }])
  services.report.mockResolvedValue(receiptOf)
  const cookies = await writeReport({ address: '路口', joins: 'main' })
  const { body } = await app.inject({ url: '/report/same', cookies })
  expect(body).toMatch(/是不是这件[\s\S]*路灯异常[\s\S]*约 40 米外[\s\S]*都不是/)
  services.join.mockResolvedValue(true)
  await post('/report/check', { page: 'check' }, cookies)
  expect(services.join).toHaveBeenCalledWith('ABCDEFGHJKMNPQRS', expect.anything(), 'main')
  expect((await app.inject({ url: '/report/receipt', cookies })).body).toContain('已并入同一件事')
})

test('a merged call says with which case it is seen to; a split call lists its parts', async () => {
  services.track.mockResolvedValue({ ...one, mainNumber: '990101-20260302-00007' })
  expect((await post('/track', { trackingCode: 'A'.repeat(16) })).body).toContain('您的反映与编号 990101-20260302-00007 一起办理')
  const part = {
    number: '990101-20260302-00008',
    text: '路灯不亮',
    matter: null,
    statusName: { zh: '处置中' },
    holder: { zh: '路灯所' },
    result: null,
  }
  services.track.mockResolvedValue({ ...one, status: 'split', parts: [part], mayRate: false })
  expect((await post('/track', { trackingCode: 'A'.repeat(16) })).body).toMatch(/已分开办理[\s\S]*处置中[\s\S]*路灯不亮[\s\S]*由路灯所办理/)
  services.track.mockResolvedValue({ ...one, status: 'split', parts: [part], partsDone: true, mayRate: false })
  expect((await post('/track', { trackingCode: 'A'.repeat(16) })).body).toContain('都已办完')
})

test('changing the language keeps every word and answers in that language', async () => {
  const reply = await post('/settings', { page: 'what', set: 'language:en', text: '路灯<坏了>' })
  expect(reply.headers.location).toBe('/report')
  expect(reply.cookies).toContainEqual(expect.objectContaining({ name: 'lang', value: 'en' }))
  const cookies = Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]))
  const { body } = await app.inject({ url: '/report', cookies })
  expect(body).toContain('<html lang="en"')
  expect(body).toContain('>路灯&lt;坏了&gt;</textarea>')
})

test('the elder view is remembered', async () => {
  const reply = await post('/settings', { page: 'home', set: 'view:elder' })
  expect(reply.statusCode).toBe(303)
  expect(reply.cookies).toContainEqual(expect.objectContaining({ name: 'size', value: 'elder' }))
  expect((await app.inject({ url: '/', cookies: { size: 'elder' } })).body).toContain('data-size="elder"')
})

test('theme and text size are chosen on a page of their own', async () => {
  const reply = await post('/settings', { page: 'settings', size: 'large', theme: 'contrast', language: 'zh' })
  expect(reply.headers.location).toBe('/settings')
  const cookies = Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]))
  const { body } = await app.inject({ url: '/settings', cookies })
  expect(body).toMatch(/<html lang="zh-CN" data-size="large" data-theme="contrast">/)
  expect((await app.inject('/')).body).not.toContain('data-theme=')
})

test('number and phone tail are asked for together, and forms of the page carry them, not an address', async () => {
  const { body } = await post('/track', { number: one.number })
  expect(body).toContain('<a href="#phoneTail">')
  services.track.mockResolvedValue({ ...one, text: '' })
  const page = await post('/track', { number: one.number, phoneTail: '1234' })
  expect(services.track).toHaveBeenCalledWith({ number: one.number, phoneTail: '1234' })
  expect(page.body).toMatch(/name="phoneTail" value="1234"/)
  expect(page.body).not.toContain('您反映的事')
  expect(page.body).not.toContain('action="/withdraw"')
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
  const { body, statusCode } = await post('/report/check', { page: 'check' }, await writeReport({ address: '路口' }))
  expect(statusCode).toBe(500)
  expect(titleOf(body)).toMatch(/^错误：/)
  expect(body).not.toContain('secret detail')
})

test('styles and script have addresses of their own content', async () => {
  const { body } = await app.inject({ url: '/report/where', cookies: await writeReport({}) })
  for (const [, href] of body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
    const asset = await app.inject(href ?? '')
    expect(asset.statusCode).toBe(200)
    expect(asset.headers['cache-control']).toContain('immutable')
  }
})
