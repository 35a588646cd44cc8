import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { missingEntries, type Packages } from '../tools/lockfile.ts'

test('the lockfile is whole, so that npm ci accepts it on every system (else run node tools/lockfile.ts)', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Packages }
  expect(Object.keys(packages).length).toBeGreaterThan(300)
  expect(Object.keys(missingEntries(packages))).toEqual([])
})

test('an optional package of another system is added with what it runs on', () => {
  const packages = { 'node_modules/tool': { version: '2.0.0', dev: true, optionalDependencies: { '@tool/binding-linux-arm64-musl': '2.0.0' } } }
  expect(missingEntries(packages)).toEqual({
    'node_modules/@tool/binding-linux-arm64-musl': { version: '2.0.0', cpu: ['arm64'], dev: true, libc: ['musl'], optional: true, os: ['linux'] },
  })
})
