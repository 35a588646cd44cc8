/** What a unit beside the lead may do with its own part of a case, as data. The states and the clocks stand in contexts/assignments/lifecycle.ts. */
import type { Wording } from '#kernel/refusal.ts'
import type { AssignmentMoveName, Purpose } from '../../assignments/lifecycle.ts'
import { moveReasons, summonedReasons } from '../lifecycle.ts'
import type { AnswerMoveName, OthersThen } from '../shapes/lifecycle.ts'

export { answerMoveNames, othersThen, type AnswerMoveName, type OthersThen } from '../shapes/lifecycle.ts'

interface AnswerMove extends Wording {
  /** The move of the assignment. */
  readonly does: AssignmentMoveName
  /** Purposes whose assignments know this move. */
  readonly purposes: readonly Purpose[]
  readonly permission: string
  /** Who makes it: the unit itself, or whoever called it. */
  readonly by: 'unit' | 'caller'
  readonly needs: 'nothing' | 'note' | 'reason'
}

/**
 * Answers of one unit, each on its own assignment. Whoever was summoned by a whistle cannot simply return it; the street may let it go.
 * A candidate takes the lead by the case's own move `contact`.
 */
export const answerMoves = {
  sign: { zh: '签收', en: 'Sign', does: 'sign', purposes: ['whistle'], permission: 'case.contact', by: 'unit', needs: 'nothing' },
  contact: {
    zh: '已联系',
    en: 'Contacted',
    does: 'contact',
    purposes: ['help', 'whistle'],
    permission: 'case.contact',
    by: 'unit',
    needs: 'nothing',
  },
  arrive: { zh: '已到场', en: 'On site', does: 'arrive', purposes: ['whistle'], permission: 'case.contact', by: 'unit', needs: 'nothing' },
  finish: { zh: '反馈结果', en: 'Feed back', does: 'finish', purposes: ['help', 'whistle'], permission: 'case.handle', by: 'unit', needs: 'note' },
  return: { zh: '退回协同', en: 'Return', does: 'return', purposes: ['candidate', 'help'], permission: 'case.return', by: 'unit', needs: 'reason' },
  drop: { zh: '撤下单位', en: 'Let go', does: 'cancel', purposes: ['help', 'whistle'], permission: 'case.dispatch', by: 'caller', needs: 'note' },
} as const satisfies Record<AnswerMoveName, AnswerMove>

/** Reasons of a unit that returns its part: those of a lead that gives the case back. */
export const returnReasons = { ...moveReasons.giveBack, ...summonedReasons } as const

/** What becomes of the other candidates when the first takes the case. */
export const othersThenNames = {
  help: { zh: '转为协同单位', en: 'They help' },
  release: { zh: '不再参与', en: 'They are released' },
} as const satisfies Record<OthersThen, Wording>
