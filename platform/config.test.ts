import { expect, it } from 'vitest'
import { Refusal } from '#kernel/refusal.ts'
import { describeConfig, readConfig } from './config.ts'

it('needs nothing: every setting has a value to go on with', () => {
  expect(readConfig({})).toEqual({
    PORT: 8080,
    HOST: 'localhost',
    DATABASE_CONNECTIONS: 10,
    HUYING_DEMONSTRATION: 'yes',
    LOG_LEVEL: 'warn',
    PUBLIC_CALLS_PER_MINUTE: 120,
    TRUSTED_PROXIES: [],
    SECURE_COOKIES: 'no',
  })
})

it('reads what is set, takes empty for not set, and leaves other variables alone', () => {
  const read = readConfig({
    PORT: '80',
    DATABASE_URL: 'postgres://huying@db/huying',
    LOG_LEVEL: '',
    TRUSTED_PROXIES: '10.0.0.1, 10.0.0.2',
    PATH: '/bin',
  })
  expect(read).toMatchObject({ PORT: 80, DATABASE_URL: 'postgres://huying@db/huying', LOG_LEVEL: 'warn', TRUSTED_PROXIES: ['10.0.0.1', '10.0.0.2'] })
  expect(read).not.toHaveProperty('PATH')
})

it.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://root:secret@db'],
  ['HUYING_KEY', 'secret'],
  ['LOG_LEVEL', 'loud'],
])('refuses %s=%s by name, says what it should be, and does not repeat it', (name, value) => {
  const refusal = (() => {
    try {
      return readConfig({ [name]: value })
    } catch (error) {
      return error
    }
  })()
  expect(refusal).toBeInstanceOf(Refusal)
  expect(refusal).toMatchObject({ code: 'config.wrong', field: name })
  expect((refusal as Refusal).text('zh')).toContain(name)
  expect((refusal as Refusal).text('en')).not.toContain('secret')
})

it('has a sentence in both languages for every setting', () => {
  for (const { meaning } of describeConfig()) {
    expect(meaning.zh).toMatch(/。$/)
    expect(meaning.en).toMatch(/\.$/)
  }
})
