import { expect, test } from 'vitest'
import { readText, repositoryFiles } from '../tools/repository.ts'

const texts = repositoryFiles().filter(
  (path) => /\.(ts|vue|mjs|cjs|js|json|md|sql|css|html|svg|sh|ya?ml)$|^\.ci\/|LICENSE|\.gitignore/.test(path) && path !== 'package-lock.json',
)

test('no screen counts attendance, points, ranks or time online (国办 rules for government apps)', () => {
  const forced = /打卡|积分|排名|在线时长/
  const shipped = texts.filter(
    (path) => /^web\/|^contexts\/[^/]+\/(ui\/|lifecycle\.ts|contract\.ts)|^seed\//.test(path) && !path.endsWith('.test.ts'),
  )
  expect(shipped.filter((path) => forced.test(readText(path)))).toEqual([])
})

test('nothing in the repository names a path of one machine', () => {
  // Written in pieces so that this file does not find itself.
  const machine = new RegExp(`(^|[\\s"'\`(=:])/(${['work', 'farm', 'root', 'home'].join('|')})/[\\w.]|bash_${'jobs'}`, 'm')
  expect(texts.filter((path) => machine.test(readText(path)))).toEqual([])
})

test('no secret is kept in the repository', () => {
  const secret = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{36}\b|\bnpm_[A-Za-z0-9]{36}\b/
  expect(texts.filter((path) => secret.test(readText(path)))).toEqual([])
})
