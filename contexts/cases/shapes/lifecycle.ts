/** Lists that contracts name, apart from the tables that say what each of them means: a screen that only lists cases loads these alone. */

/** Answers of a unit on its own part (../joining/lifecycle.ts). */
export const answerMoveNames = ['sign', 'contact', 'arrive', 'finish', 'return', 'drop'] as const
export type AnswerMoveName = (typeof answerMoveNames)[number]

/** What becomes of the other candidates when the first takes the case: they help, or they are released. */
export const othersThen = ['help', 'release'] as const
export type OthersThen = (typeof othersThen)[number]

export const whistleStates = ['proposed', 'waiting', 'sounded', 'closed', 'declined', 'called_off'] as const
export type WhistleState = (typeof whistleStates)[number]

/** Moves of a whistle after it was asked for (../whistling/lifecycle.ts). */
export const whistleMoveNames = ['sound', 'submit', 'approve', 'decline', 'callOff', 'close'] as const
export type WhistleMoveName = (typeof whistleMoveNames)[number]

/** Columns of the board, from left to right. */
export const whistleColumns = ['asked', 'answering', 'rating', 'ended'] as const
export type WhistleColumn = (typeof whistleColumns)[number]

/** Where the objection of a summoned unit stands (../whistling/lifecycle.ts). */
export const objectionStates = ['waiting', 'upheld', 'refused', 'lapsed'] as const
export type ObjectionState = (typeof objectionStates)[number]
