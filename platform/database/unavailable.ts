import { errorCode } from './database.ts'

const socketCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
// 57P01-57P03: the server stops or starts; 53300: no connection is free; 25006: a standby answered during a change of leader.
const serverCodes = new Set(['57P01', '57P02', '57P03', '53300', '25006'])
const driverSentences =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/

/** True when the database could not be reached or let go of the connection: the same work may succeed a little later. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = errorCode(error)
  if (socketCodes.has(code) || serverCodes.has(code) || /^08...$/.test(code)) return true
  // A unix socket that is not there.
  if (code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') return true
  return code === '' && driverSentences.test(error.message)
}

/** True when the transaction did nothing because of others (deadlock, serialisation) and stayed so after the retries of inTransaction. */
export function isContention(error: unknown): boolean {
  const code = errorCode(error)
  return code === '40001' || code === '40P01'
}
