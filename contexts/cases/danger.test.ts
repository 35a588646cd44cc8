import { expect, test } from 'vitest'
import { adviceFor, dangerIn } from './danger.ts'

const dangers = [
  { service: '119', word: '着火' },
  { service: '119', word: '起火' },
  { service: '119', word: '煤气泄漏' },
  { service: '110', word: '持刀' },
  { service: '120', word: '昏迷' },
] as const
const said = (text: string): string | undefined => dangerIn(text, dangers)?.service

test.each([
  ['三楼着火了，快来人', '119'],
  ['楼道里煤 气泄漏，味道很大', '119'],
  ['对面着火了，孩子很害怕', '119'],
  ['有人持刀在广场上追人', '110'],
  ['门口躺着一位老人，昏迷不醒', '120'],
])('“%s” is danger for %s', (text, service) => {
  expect(said(text)).toBe(service)
})

test.each([
  '消防通道被堵，如果着火了消防车进不来',
  '电线乱拉，极易起火',
  '楼下堆满纸箱，有着火的隐患',
  '楼道里给电动车充电，怕起火',
  '担心夜里着火',
  '去年这里着火过一次',
  '看着火车站前的积水没人管',
  '强烈要求公开持刀具管理规定',
  '一个月里小区有了 3 起火灾，盼检查消防栓',
  '路灯不亮',
  '',
])('“%s” is none', (text) => {
  expect(said(text)).toBeUndefined()
})

test('what a long letter mentions far from its beginning is its story', () => {
  expect(said(`${'我想反映小区物业收费的问题，希望给予答复。'.repeat(10)}楼下着火了。`)).toBeUndefined()
})

test('the advice names the word and whom to dial', () => {
  expect(adviceFor(dangers[2])).toEqual({
    zh: '文中有“煤气泄漏”：先拨 119（消防救援）',
    en: 'It says “煤气泄漏”: dial 119 first (fire and rescue)',
  })
})
