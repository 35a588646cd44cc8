import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { inTransaction } from './database/database.ts'
import { testDatabase } from './database/testing.ts'
import { createLogger } from './logger.ts'

const logged = (write: (logger: ReturnType<typeof createLogger>) => void): string => {
  const lines: string[] = []
  write(createLogger({ to: { write: (line) => void lines.push(line) } }))
  return lines.join('')
}

it('strikes out secrets and personal fields at any of the first levels', () => {
  const line = logged((logger) =>
    logger.info({ phone: '13800000000', body: { password: 'hunter2', reporter: { phone: '13900000000' } }, matter: 'A1' }, 'said'),
  )
  expect(line).toContain('"matter":"A1"')
  expect(line).not.toMatch(/13800000000|13900000000|hunter2/)
})

it('keeps the rows that a database error quotes out of the log, and its cause in', async () => {
  const db = await testDatabase()
  const make = sql`create table public.person (name text constraint person_name unique, age int)`
  await inTransaction(db.database, (tx) => make.execute(tx))
  const fail = (statement: ReturnType<typeof sql>): Promise<unknown> =>
    inTransaction(db.database, (tx) => statement.execute(tx)).catch((error: unknown) => error)
  const twice = await fail(sql`insert into public.person values ('张三', 1), ('张三', 2)`)
  const wrong = await fail(sql`insert into public.person values ('李四', ${'王五'}::text::int)`)
  await db.close()
  const line = logged((logger) => {
    logger.error({ err: twice }, 'failed')
    logger.error({ err: wrong }, 'failed')
  })
  expect(line).not.toMatch(/张三|李四|王五/)
  expect(line).toMatch(/person_name.*22P02/s)
})
