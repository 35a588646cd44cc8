import { expect, test } from 'vitest'
import { functionsOf } from './functions.ts'

const unit = (functionCode: string | null, zh: string) => ({ functionCode, name: { zh } })

test('functions are listed once, by code, with the units that have them; blocks have none', () => {
  const units = [unit('water', '望潮区水务局'), unit(null, '双井社区居民委员会'), unit('housing', '望潮区住建局'), unit('water', '星湾区水务局')]
  expect(functionsOf(units)).toEqual([
    { code: 'housing', units: [{ zh: '望潮区住建局' }] },
    { code: 'water', units: [{ zh: '望潮区水务局' }, { zh: '星湾区水务局' }] },
  ])
})
