import { refusals } from '#kernel/refusal.ts'

/** `{word}` and `{wordEn}` are what the city calls a whistle. */
export const refuse = refusals('whistle', {
  notAStreet: {
    status: 403,
    zh: '只有街镇，或社区经其街镇，才能发起{word}。',
    en: 'Only a street, or a community through its street, may start a {wordEn}.',
  },
  notHeld: {
    status: 403,
    zh: '此案件不在您的街道或社区手中，不能为它发起{word}。请先接办，或另行上报。',
    en: 'Your street or community does not hold this case, so it cannot start a {wordEn} on it. Take it first, or report anew.',
  },
  kindUnknown: { status: 400, zh: '没有这一种{word}。请重新选择。', en: 'No such kind of {wordEn}. Choose again.' },
  kindWithoutLimit: {
    status: 422,
    zh: '至少要有一项时限，否则单位不知道何时报到。请填写。',
    en: 'Give at least one limit; without one no unit knows by when to come.',
  },
  kindFromPast: {
    status: 422,
    zh: '只能从 {today} 之后的日期起生效，过去的规则不能改写。请选择 {earliest} 或以后的日期。',
    en: 'Rules of the past are not rewritten. Choose {earliest} or a later day.',
  },
  triedMissing: { status: 400, zh: '请写明已经做过什么尝试。', en: 'Say what has been tried.' },
  missingMissing: { status: 400, zh: '请写明本级缺少什么权限或力量。', en: 'Say which authority or means is missing here.' },
  unitsMissing: { status: 400, zh: '请至少选择一个被召集的单位。', en: 'Choose at least one unit to summon.' },
  basisMissing: { status: 400, zh: '请写明{unit}的职责依据。', en: 'Say on which duty {unitEn} is summoned.' },
  unitNotSummoned: {
    status: 422,
    zh: '{unit}不能被召集：只能召集本区的部门，且每个单位一次。',
    en: '{unitEn} cannot be summoned: only departments of the district, each once.',
  },
  unitRelieved: {
    status: 422,
    zh: '{unit}的异议已裁定成立，不能为同一案件再次召集它。请选择其他单位。',
    en: 'An adjudication relieved {unitEn} of this case, so it cannot be summoned to it again. Choose another unit.',
  },
  withdrawnMatter: {
    status: 422,
    zh: '“{matter}”已由上级部门收回，街道不牵头。请直接上报，由部门办理。',
    en: 'A department took “{matterEn}” back, so a street does not lead it. Report it instead.',
  },
  placeMissing: { status: 400, zh: '请选择街镇以内的地点。', en: 'Choose a place within a street.' },
  matterMissing: { status: 400, zh: '请选择事项，或为已有案件发起。', en: 'Choose a matter, or start from a case.' },
  moveNotAllowed: {
    status: 409,
    zh: '这次{word}当前为“{state}”，不能执行“{move}”。请刷新后再试。',
    en: 'This {wordEn} is “{stateEn}”; “{moveEn}” is not possible now. Refresh and try again.',
  },
  reasonMissing: { status: 400, zh: '请写明理由。', en: 'Say why.' },
  unrated: { status: 422, zh: '还有 {n} 个单位的答复没有评价。请先评价。', en: '{n} answers are not rated yet. Rate them first.' },
  notAnswered: {
    status: 409,
    zh: '这个单位还没有答复，也没有逾期，不能评价。',
    en: 'That unit has neither answered nor run late, so there is nothing to rate.',
  },
  notSummoned: { status: 404, zh: '这次{word}没有召集这个单位。', en: 'This {wordEn} does not summon that unit.' },
  sentenceMissing: { status: 400, zh: '请用一句话说明评价。', en: 'Say in a sentence why you rate it so.' },
  notOpen: { status: 409, zh: '这次{word}已经结束，评价不能再改。', en: 'This {wordEn} has ended, so ratings stand.' },
})
