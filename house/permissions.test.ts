import { expect, test } from 'vitest'
import { rightWords } from '#web/command/people/right-words.ts'
import { allEndpoints, permissionsByRole } from '../tools/product.ts'

const endpoints = await allEndpoints()
const roles = permissionsByRole()

test('every endpoint asks for a permission that some role holds, or says that it needs none', () => {
  expect(endpoints.length).toBeGreaterThan(10)
  const held = new Set([...roles.values()].flatMap((permissions) => [...permissions]))
  const unreachable = endpoints.filter(({ endpoint }) => !['public', 'signedIn'].includes(endpoint.permission) && !held.has(endpoint.permission))
  expect(unreachable.map(({ endpoint }) => `${endpoint.id}: ${endpoint.permission}`)).toEqual([])
})

test('endpoints have names and addresses of their own', () => {
  const ids = endpoints.map(({ endpoint }) => endpoint.id)
  const addresses = endpoints.map(({ endpoint }) => `${endpoint.method} ${endpoint.path.replace(/\{\w+\}/g, '{}')}`)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index || !/^[a-z][A-Za-z]+$/.test(id))).toEqual([])
  expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([])
})

test('what the public may call stands apart, so that a proxy can limit it', () => {
  const open = endpoints.filter(({ endpoint }) => endpoint.permission === 'public')
  expect(open.map(({ endpoint }) => endpoint.path).filter((path) => !/^\/api\/(public\/|health|session)/.test(path))).toEqual([])
  const shut = endpoints.filter(({ endpoint }) => endpoint.permission !== 'public')
  expect(shut.map(({ endpoint }) => endpoint.path).filter((path) => path.startsWith('/api/public/'))).toEqual([])
})

test('no administrator sees a case', () => {
  for (const role of ['system_admin', 'security_admin', 'audit_admin'])
    expect([...(roles.get(role) ?? [])].filter((permission) => permission.startsWith('case.'))).toEqual([])
})

test('nobody both handles a case and closes it', () => {
  const both = [...roles].filter(([, held]) => held.has('case.handle') && held.has('case.close')).map(([role]) => role)
  expect(both).toEqual([])
})

test('every right that a role gives has plain words for who appoints', () => {
  const held = new Set([...roles.values()].flatMap((rights) => [...rights]))
  expect([...held].filter((permission) => !(permission in rightWords))).toEqual([])
})
