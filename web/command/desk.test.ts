import { nextTick, ref, shallowRef } from 'vue'
import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { differs, inShownOrder, useQuietList } from './quiet-list.ts'
import { readState, writeState, type DeskState } from './url-state.ts'
import { isHelping, viewsFor } from './views.ts'
import { deskWords } from './words.ts'

const rows = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }))
const id = '01a20084-8fa9-7470-be94-da54afc2a66d'

test('the desk speaks both languages', () => expect(textFaults(deskWords)).toEqual([]))

test('the address holds the whole state and gives it back', () => {
  const state: DeskState = { view: 'overdue', area: '990101001', q: '路灯', cursor: 'abc', case: { districtCode: '990101', id }, measure: 'overdue' }
  expect(readState(writeState(state))).toEqual(state)
})

test('defaults leave the address empty', () =>
  expect(writeState({ view: null, area: '', q: '', cursor: '', case: null, measure: 'count' })).toEqual({}))

test('what the address cannot mean is left out', () => {
  expect(readState({ view: 'nonsense', area: '12; drop', case: 'x', q: ['a', 'b'] })).toEqual({
    view: null,
    area: '',
    q: '',
    cursor: '',
    case: null,
    measure: 'count',
  })
})

test('each role sees what it needs first', () => {
  const holding = (...permissions: string[]) => viewsFor((permission) => ['case.read', ...permissions].includes(permission))
  expect(holding('case.file', 'case.close')).toEqual(['triage', 'close', 'soon', 'overdue', 'open', 'all'])
  expect(holding('case.handle')[0]).toBe('mine')
  expect(holding('case.check')[0]).toBe('check')
  expect(holding('case.reopen')[0]).toBe('reopened')
  expect(viewsFor(() => false)).toEqual([])
})

test('fresh rows take the order that is shown', () => {
  const shown = [
    { id: 'a', n: 1 },
    { id: 'b', n: 1 },
  ]
  const fresh = [
    { id: 'b', n: 2 },
    { id: 'a', n: 2 },
  ]
  expect(inShownOrder(shown, fresh)).toEqual([
    { id: 'a', n: 2 },
    { id: 'b', n: 2 },
  ])
  expect(differs(shown, fresh)).toBe(true)
})

test('the list waits for a press when others change it, and shows another question at once', async () => {
  const fresh = shallowRef<{ id: string }[] | undefined>(rows('a', 'b'))
  const key = ref('mine')
  const list = useQuietList(fresh, key)
  expect(list.rows.value).toEqual(rows('a', 'b'))
  fresh.value = rows('c', 'a', 'b')
  await nextTick()
  expect(list.rows.value).toEqual(rows('a', 'b'))
  expect(list.changed.value).toBe(true)
  list.renew()
  expect(list.rows.value).toEqual(rows('c', 'a', 'b'))
  expect(list.changed.value).toBe(false)
  key.value = 'all'
  fresh.value = rows('z')
  await nextTick()
  expect(list.rows.value).toEqual(rows('z'))
})

test('among one’s own, a case that another unit leads is marked as help', () => {
  const own = ['白鹭渡街道办事处']
  expect(isHelping('mine', { zh: '望潮区城市管理局' }, own)).toBe(true)
  expect(isHelping('mine', { zh: '白鹭渡街道办事处' }, own)).toBe(false)
  expect(isHelping('mine', null, own)).toBe(false)
  expect(isHelping('open', { zh: '望潮区城市管理局' }, own)).toBe(false)
})
