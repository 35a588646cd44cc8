import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { checkPort, wantedPort } from './port.ts'

afterEach(() => vi.unstubAllEnvs())

test('the port is 8080 unless PORT names another', () => {
  vi.stubEnv('PORT', undefined)
  expect(wantedPort()).toBe(8080)
  vi.stubEnv('PORT', '9000')
  expect(wantedPort()).toBe(9000)
  for (const wrong of ['http', '0', '70000', '80.5', '']) {
    vi.stubEnv('PORT', wrong)
    expect(() => wantedPort()).toThrow(expect.objectContaining({ code: 'start.portUnknown' }) as Error)
  }
})

test('a port that another program has is refused with another one to try, whichever of the two addresses it has', async () => {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const server = createServer().listen(0, host)
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const refused = checkPort(port)
    await expect(refused).rejects.toMatchObject({ code: 'start.portBusy', params: { port } })
    server.close()
    await once(server, 'close')
    await checkPort(port)
  }
})
