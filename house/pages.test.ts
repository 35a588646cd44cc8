import { expect, test } from 'vitest'
import { deskPages } from '../web/command/pages.ts'
import { readText } from '../tools/repository.ts'

test('every page of the desk has its route under the same name', () => {
  const routes = readText('web/command/router.ts')
  for (const { id, path } of deskPages) expect(routes).toContain(`{ path: '${path}', name: '${id}'`)
})
