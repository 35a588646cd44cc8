import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { checkPort } from './port.ts'

test('a port that another program has is refused with another one to try, whichever of the two addresses it has', async () => {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const server = createServer().listen(0, host)
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const refused = checkPort(port, 'localhost')
    await expect(refused).rejects.toMatchObject({ code: 'start.portBusy', params: { port } })
    server.close()
    await once(server, 'close')
    await checkPort(port, 'localhost')
  }
})
