import { once } from 'node:events'
import { createServer } from 'node:net'
import { refuseStart } from './refusals.ts'

/** The port of `PORT`, or 8080. */
export function wantedPort(): number {
  const given = process.env['PORT'] ?? '8080'
  const port = Number(given)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw refuseStart.portUnknown({ port: given })
  return port
}

/** Refuses a port that cannot be listened on. Asked before the slow work, so that the answer comes at once. */
export async function checkPort(port: number): Promise<void> {
  const given = process.env['HOST']
  // `localhost` is both addresses of this machine, and another program may have either.
  for (const host of given ? [given] : ['127.0.0.1', '::1']) {
    const probe = createServer()
    try {
      probe.listen(port, host)
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
