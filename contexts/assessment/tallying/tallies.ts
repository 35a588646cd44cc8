import type { Wording } from '#kernel/refusal.ts'

export interface Tally {
  readonly name: Wording
  /** What puts a case into a period; shown wherever the number is. */
  readonly meaning: Wording
}

/** Every count of cases that is no share, fixed once: numbers, lists, files and charts read the same rows. A case counts once in a period. */
export const tallies = {
  reported: {
    name: { zh: '新增', en: 'New' },
    meaning: { zh: '期内收到的诉求，含后来并案、拆分、不予立案的', en: 'Calls received in the period, those later merged, split or rejected too' },
  },
  closed: {
    name: { zh: '结案', en: 'Closed' },
    meaning: { zh: '期内结案且没有重开的案件', en: 'Cases closed in the period and not reopened since' },
  },
  handled: {
    name: { zh: '处置完成', en: 'Handled' },
    meaning: {
      zh: '处置反馈落在期内、有处置时限的案件；用时自派遣起至反馈止，按自然时间计',
      en: 'Cases with a handling limit whose feedback falls in the period; their time runs from dispatch to feedback, nights and holidays included',
    },
  },
  overdue: {
    name: { zh: '新超时', en: 'Fell overdue' },
    meaning: { zh: '呼应或处置时限在期内到期、到期时还没有办到的案件', en: 'Cases whose limit to answer or to handle passed in the period unmet' },
  },
  repeated: {
    name: { zh: '重复诉求', en: 'Repeated calls' },
    meaning: {
      zh: '期内收到、已并入同一件事的其他案件办理的诉求',
      en: 'Calls received in the period that were merged into a case about the same matter',
    },
  },
  reopened: {
    name: { zh: '重开', en: 'Reopened' },
    meaning: { zh: '期内由反映人评价不满意或督查重开的案件', en: 'Cases reopened in the period, by an unhappy caller or a supervisor' },
  },
  whistled: {
    name: { zh: '吹哨', en: 'Whistles' },
    meaning: { zh: '街道在期内为其吹哨召集单位的案件', en: 'Cases for which a street summoned units in the period' },
  },
  called_up: {
    name: { zh: '上呼', en: 'Called up' },
    meaning: { zh: '期内由下级交到上一级的案件', en: 'Cases that were handed up one level in the period' },
  },
} as const satisfies Record<string, Tally>

export type TallyKey = keyof typeof tallies
export const tallyKeys = Object.keys(tallies) as [TallyKey, ...TallyKey[]]
