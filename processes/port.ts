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
  const probe = createServer()
  try {
    probe.listen(port)
    await once(probe, 'listening')
  } catch (error) {
    throw asPortRefusal(error, port) ?? error
  } finally {
    probe.close()
  }
}

/** The refusal behind an error of `listen`, if it is about the port. */
export function asPortRefusal(error: unknown, port: number): Error | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') return refuseStart.portBusy({ port, other: port === 8080 ? 8081 : port + 1 })
  if (code === 'EACCES') return refuseStart.portClosed({ port, other: 8080, reason: code })
  return undefined
}
