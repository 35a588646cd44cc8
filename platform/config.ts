import { z } from 'zod'
import { refusals, type Language } from '#kernel/refusal.ts'

const refuse = refusals('config', {
  wrong: {
    status: 400,
    zh: '环境变量 {name} 的值不对。{zh}请改正后重新启动。',
    en: 'The environment variable {name} has a wrong value. {en} Correct it and start again.',
  },
})

const yesOrNo = z.enum(['yes', 'no'])

/** Every setting of the environment, each with what it means and what holds without it. There is no other configuration of a process. */
export const Config = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080).meta({ zh: '网页端口，1 到 65535。', en: 'Port of the web pages, 1 to 65535.' }),
  HOST: z.string().default('localhost').meta({ zh: '监听的地址；0.0.0.0 表示所有网卡。', en: 'Address to listen on; 0.0.0.0 for every network.' }),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional()
    .meta({
      zh: 'PostgreSQL 15 或更新版本的地址（postgres://…）；不设则使用自带的数据库。',
      en: 'Address of a PostgreSQL 15 or newer (postgres://…); without it the database that comes along is used.',
    }),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(10).meta({
    zh: '每个进程的数据库连接数，2 到 200；两核机器上 8 到 10 个最快。',
    en: 'Database connections of each process, 2 to 200; on two cores 8 to 10 are fastest.',
  }),
  HUYING_DATA: z.string().optional().meta({
    zh: '自带数据库、密钥和照片的目录；不设则为程序目录下的 .huying（root 为 /var/lib/huying）。',
    en: 'Folder of the database that comes along, the key and the photographs; without it .huying in the checkout (for root below /var/lib/huying).',
  }),
  HUYING_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional()
    .meta({
      zh: '加密联系方式的密钥，64 位十六进制数；不设则用数据目录里的密钥文件。',
      en: 'Key that encrypts contact fields, 64 hexadecimal digits; without it the key file in the data folder.',
    }),
  HUYING_DEMONSTRATION: yesOrNo
    .default('yes')
    .meta({ zh: 'no 表示空数据库不装入示例城市。', en: 'no keeps the demonstration city out of an empty database.' }),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('warn')
    .meta({ zh: '日志级别：trace、debug、info、warn、error、silent。', en: 'What is logged: trace, debug, info, warn, error or silent.' }),
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .default([])
    .meta({
      zh: '前置代理的地址，用逗号分隔；只相信它们给出的来访者地址。',
      en: 'Addresses of the proxies in front, separated by commas; only their word about the caller’s address is taken.',
    }),
  PUBLIC_CALLS_PER_MINUTE: z.coerce.number().int().min(1).default(120).meta({
    zh: '同一地址每分钟可调用每个公开接口或提交每种居民表单的次数。',
    en: 'How often a minute one address may call each public operation or send each form of the portal.',
  }),
  SECURE_COOKIES: yesOrNo.default('no').meta({
    zh: '通过 HTTPS 提供服务时设为 yes，登录凭证就不会走明文。',
    en: 'yes when served over HTTPS, so that the session never travels in the clear.',
  }),
})
export type Config = z.infer<typeof Config>

/** Reads the settings. An empty value counts as not set. Refuses with the name of the first wrong one and what it should be. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.keys(Config.shape).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])))
  const read = Config.safeParse(given)
  if (read.success) return read.data
  const name = String(read.error.issues[0]?.path[0] ?? '')
  const setting = describeConfig().find((each) => each.name === name)
  // The value itself is not repeated: it may hold a password.
  throw refuse.wrong({ name, ...setting?.meaning }, name)
}

/** One line per setting, for help and documents. */
export function describeConfig(): { name: string; meaning: Record<Language, string>; standard: string }[] {
  const standards: Record<string, unknown> = Config.parse({})
  return Object.entries(Config.shape).map(([name, shape]) => {
    const { zh, en } = shape.meta() as Record<Language, string>
    const standard = standards[name]
    return { name, meaning: { zh, en }, standard: typeof standard === 'string' || typeof standard === 'number' ? String(standard) : '' }
  })
}
