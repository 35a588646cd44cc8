import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino'

export type { Logger } from 'pino'

// Names of fields that hold a secret or a person, wherever they stand in the first three levels of a logged object.
const secrets = [
  'password',
  'token',
  'secret',
  'cookie',
  'authorization',
  'phone',
  'mobile',
  'idNumber',
  'email',
  'address',
  'personName',
  'reporterName',
]

/** One JSON line per message. Secrets and personal fields are struck out; a database error loses the parts that quote rows. */
export function createLogger(options: { level?: string; to?: DestinationStream } = {}): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: null,
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]), censor: '[struck out]' },
    serializers: { err: withoutRows, error: withoutRows },
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return options.to ? pino(settings, options.to) : pino(settings)
}

/** Nobody reads it: for tests and for tools that speak for themselves. */
export const silentLogger: Logger = pino({ level: 'silent' })

// PostgreSQL quotes values: in `detail` the whole row, in messages of class 22 (wrong data) the value itself.
const quoting = ['detail', 'where', 'hint', 'parameters', 'query', 'internalQuery']

function withoutRows(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const plain: Record<string, unknown> = { ...stdSerializers.err(error) }
  for (const name of quoting) delete plain[name]
  const code = plain['code']
  if (typeof code === 'string' && /^2[23]\w{3}$/.test(code)) {
    plain['message'] = error.message.replace(/: ".*"/s, ': "…"')
    plain['stack'] = String(plain['stack']).replace(error.message, String(plain['message']))
  }
  return plain
}
