import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { getCase, listCases, moveCase } from '#contexts/cases/contract.ts'
import { signIn } from '#contexts/people/contract.ts'
import { addressOf, call, newCommandId, onSignedOut, Problem, reachable, Unreachable } from './call.ts'
import { language } from './text.ts'

const answer = vi.fn<(address: string, init: RequestInit) => Promise<Response>>()
const key = { districtCode: '990101', id: '01a20084-8fa9-7470-be94-da54afc2a66d' }
const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status })

beforeEach(() => {
  answer.mockReset()
  vi.stubGlobal('fetch', answer)
})
afterEach(() => {
  vi.unstubAllGlobals()
  language.value = 'zh'
  reachable.value = true
})

test('parameters go into the path and the query, and what is undefined is left out', () => {
  expect(addressOf('/api/cases/{districtCode}/{id}', key)).toBe(`/api/cases/990101/${key.id}`)
  expect(addressOf('/api/cases', {}, { view: 'mine', q: '路灯 坏', areaCode: undefined })).toBe('/api/cases?view=mine&q=%E8%B7%AF%E7%81%AF+%E5%9D%8F')
})

test('a question is asked in the language shown, without a body', async () => {
  language.value = 'en'
  answer.mockResolvedValue(json({ items: [], cursor: null, now: '2026-03-02T01:00:00.000Z' }))
  await call(listCases, { query: { view: 'mine' } })
  const [address, init] = answer.mock.calls[0]!
  expect(address).toBe('/api/cases?view=mine')
  expect(init).toMatchObject({ method: 'GET', body: null, credentials: 'same-origin', headers: { 'accept-language': 'en' } })
})

test('an act carries its command id as the idempotency key', async () => {
  answer.mockResolvedValue(json({}))
  const commandId = newCommandId()
  await call(moveCase, { params: key, body: { commandId, move: 'contact', expectedVersion: 3 } })
  const [, init] = answer.mock.calls[0]!
  expect(init.headers).toMatchObject({ 'idempotency-key': commandId, 'content-type': 'application/json' })
  expect(JSON.parse(init.body as string)).toEqual({ commandId, move: 'contact', expectedVersion: 3 })
})

test('a refusal keeps its sentence, code, field and reference', async () => {
  answer.mockResolvedValue(json({ code: 'cases.reasonMissing', message: '请选择理由。', field: 'reasonCode', requestId: 'r1' }, 400))
  await expect(call(getCase, { params: key })).rejects.toMatchObject({
    name: 'Problem',
    status: 400,
    code: 'cases.reasonMissing',
    message: '请选择理由。',
    field: 'reasonCode',
    requestId: 'r1',
  })
})

test('an answer that is no problem document is still a problem with its status', async () => {
  answer.mockResolvedValue(new Response('<html>', { status: 500 }))
  const error: unknown = await call(getCase, { params: key }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Problem)
  expect(error).toMatchObject({ status: 500, code: 'http.500' })
})

test.each([502, 504])('a gateway’s %i means that nobody answered', async (status) => {
  answer.mockResolvedValue(json({}, status))
  await expect(call(getCase, { params: key })).rejects.toBeInstanceOf(Unreachable)
  expect(reachable.value).toBe(false)
})

test('a dead network is a state of its own, until somebody answers', async () => {
  answer.mockRejectedValueOnce(new TypeError('fetch failed'))
  await expect(call(getCase, { params: key })).rejects.toBeInstanceOf(Unreachable)
  expect(reachable.value).toBe(false)
  answer.mockResolvedValueOnce(json({}))
  await call(getCase, { params: key })
  expect(reachable.value).toBe(true)
})

test('an ended session is told once asked, but a wrong password is not one', async () => {
  const heard = vi.fn<() => void>()
  onSignedOut(heard)
  answer.mockImplementation(async () => json({ code: 'people.notSignedIn', message: '请先登录。' }, 401))
  await call(signIn, { body: { login: 'a', password: 'b' } }).catch(() => undefined)
  expect(heard).not.toHaveBeenCalled()
  await call(getCase, { params: key }).catch(() => undefined)
  expect(heard).toHaveBeenCalledOnce()
})
