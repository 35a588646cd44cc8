import { once } from 'node:events'
import { createServer } from 'node:net'
import { refuseStart } from './refusals.ts'

/** Refuses a port that cannot be listened on. Asked before the slow work, so that the answer comes at once. */
export async function checkPort(port: number, host: string): Promise<void> {
  // `localhost` is both addresses of this machine, and another program may have either.
  for (const address of host === 'localhost' ? ['127.0.0.1', '::1'] : [host]) {
    const probe = createServer()
    try {
      probe.listen(port, address)
      await once(probe, 'listening')
    } catch (error) {
      const refusal = asPortRefusal(error, port)
      if (refusal) throw refusal
    } finally {
      probe.close()
    }
  }
}

/** The refusal behind an error of `listen`, if it is about the port. */
export function asPortRefusal(error: unknown, port: number): Error | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') return refuseStart.portBusy({ port, other: port === 8080 ? 8081 : port + 1 })
  if (code === 'EACCES') return refuseStart.portClosed({ port, other: 8080, reason: code })
  return undefined
}
