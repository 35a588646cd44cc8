import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskAddress, maskIdNumber, maskName, maskNumbersInText, maskPhone } from './masking.ts'

test.each([
  ['13800001234', '138****1234'],
  ['+86 138 0000 1234', '138****1234'],
  ['021-55501234', '****34'],
  ['12345', '****'],
  ['', '****'],
])('the phone %s is shown as %s', (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown)
})

test.each([
  ['张三', '张*'],
  ['张小三', '张**'],
  ['欧阳小三丰', '欧**'],
  ['John Smith', 'J***'],
  ['张', '张*'],
  ['', ''],
])('the name %s is shown as %s', (name, shown) => {
  expect(maskName(name)).toBe(shown)
})

test.each([
  ['11010519491231002X', '110*************2X'],
  ['E12345678', '****'],
])('the identity number %s is shown as %s', (number, shown) => {
  expect(maskIdNumber(number)).toBe(shown)
})

test.each([
  ['滨江路12号3栋402室', '滨江路**号**栋**室'],
  ['滨江路一百二十号', '滨江路**号'],
  ['花园小区A座', '花园小区**座'],
  ['滨江路１２号', '滨江路**号'],
  ['滨江路与建设街路口', '滨江路与建设街路口'],
])('the address %s is shown as %s', (address, shown) => {
  expect(maskAddress(address)).toBe(shown)
})

test.each([
  ['请打13800001234找我', '请打138****1234找我'],
  ['电话：138 0000 1234。', '电话：138****1234。'],
  ['身份证11010519491231002X，谢谢', '身份证110*************2X，谢谢'],
  ['座机 021-55501234', '座机 ****34'],
  ['路灯编号20250101，坏了3天', '路灯编号20250101，坏了3天'],
  ['订单 1380000123412345678', '订单 1380000123412345678'],
])('in the text “%s” numbers of persons are hidden', (text, shown) => {
  expect(maskNumbersInText(text)).toBe(shown)
})

test('no mobile number survives in a text, whatever stands around it', () => {
  const mobile = fc.tuple(fc.constantFrom('13', '15', '18', '19'), fc.stringMatching(/^\d{9}$/)).map((parts) => parts.join(''))
  fc.assert(
    fc.property(
      mobile,
      fc.constantFrom('', '我的电话', '：', '（', ' ', '\n'),
      fc.constantFrom('', '。', '）请回电', ' '),
      (number, before, after) => {
        expect(maskNumbersInText(`${before}${number}${after}`)).not.toContain(number)
      },
    ),
  )
})
