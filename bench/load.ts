// Sends reports over keep-alive connections, each as soon as the last one on it is answered. Sockets are used bare, so that on a machine
// of two cores the sender takes as little as possible from what it measures.
import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { answer } from './child.ts'

export interface LoadQuestion {
  readonly port: number
  readonly seconds: number
  readonly connections: number
  /** Bodies of reports without their command id. */
  readonly bodies: readonly string[]
}
export interface LoadAnswer {
  readonly items: number
  readonly refused: number
  readonly seconds: number
  readonly times: readonly number[]
}

answer(load)

async function load({ port, seconds, connections, bodies }: LoadQuestion): Promise<LoadAnswer> {
  const times: number[] = []
  const state = { refused: 0, until: performance.now() + seconds * 1000, next: 0 }
  const begun = performance.now()
  await Promise.all(Array.from({ length: connections }, () => sender(port, bodies, state, times)))
  return { items: times.length, refused: state.refused, seconds: (performance.now() - begun) / 1000, times }
}

function sender(port: number, bodies: readonly string[], state: { refused: number; until: number; next: number }, times: number[]): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  return new Promise((done, fail) => {
    let sentAt = 0
    const send = (): void => {
      if (performance.now() >= state.until) return void socket.end(done)
      sentAt = performance.now()
      write(socket, bodies[state.next++ % bodies.length] ?? '')
    }
    socket.once('connect', send).once('error', fail)
    onReply(socket, (status) => {
      if (status === 200) times.push(performance.now() - sentAt)
      else state.refused += 1
      send()
    })
  })
}

function write(socket: Socket, rest: string): void {
  const body = `{"commandId":"${randomUUID()}",${rest}`
  socket.write(
    `POST /api/public/cases HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** Calls back once per whole reply. Replies carry their length. */
function onReply(socket: Socket, each: (status: number) => void): void {
  let held = Buffer.alloc(0)
  socket.on('data', (part) => {
    held = held.length === 0 ? part : Buffer.concat([held, part])
    const headEnd = held.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const head = held.toString('latin1', 0, headEnd)
    const length = /content-length: (\d+)/i.exec(head)?.[1]
    if (length === undefined) throw new Error(`a reply without its length: ${head}`)
    if (held.length < headEnd + 4 + Number(length)) return
    held = Buffer.alloc(0)
    each(Number(head.slice(9, 12)))
  })
}
