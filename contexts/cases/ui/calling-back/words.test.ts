import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { settlingWords } from '../settling/words.ts'
import { callBackWords } from './words.ts'

test('calls back and trifles speak both languages', () => expect([...textFaults(callBackWords), ...textFaults(settlingWords)]).toEqual([]))
