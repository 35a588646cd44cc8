import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { listWords } from './list-words.ts'
import { requestWords } from './requests/words.ts'
import { tieWords } from './tie-words.ts'
import { caseWords } from './words.ts'

test.each([caseWords, listWords, requestWords, tieWords])('cases speak both languages', (words) => expect(textFaults(words)).toEqual([]))
