import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { caseWords } from './words.ts'

test('cases speak both languages', () => expect(textFaults(caseWords)).toEqual([]))
