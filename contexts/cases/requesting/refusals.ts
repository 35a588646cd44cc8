import { refusals } from '#kernel/refusal.ts'

export const refuseRequest = refusals('cases', {
  requestNotFound: { status: 404, zh: '没有找到这项申请，或您无权查看。', en: 'No such request, or it is not yours to see.' },
  requestKindUnknown: { status: 400, zh: '没有这种申请。请重新选择。', en: 'No such kind of request. Choose again.' },
  requestNoteMissing: { status: 400, zh: '请写明具体情况，审批人将据此决定。', en: 'Say what the matter is; it is decided on these words.' },
  requestNotNow: {
    status: 409,
    zh: '案件当前为“{status}”，不能提出{kind}。',
    en: 'The case is “{status}”; this request ({kind}) cannot be made now.',
  },
  requestPending: {
    status: 409,
    zh: '已有一项{kind}待审批，请等待结果。',
    en: 'A request of this kind ({kind}) is already waiting; wait for its result.',
  },
  requestMost: {
    status: 422,
    zh: '{kind}最多批准 {most} 次，已经用完。请按时办理。',
    en: 'At most {most} of this kind ({kind}) may be granted, and they were. Handle the case in time.',
  },
  requestTries: {
    status: 422,
    zh: '{kind}每件只能提出 {tries} 次，本单位已提出过。',
    en: 'A unit may ask for this ({kind}) {tries} time(s) in a case, and yours did.',
  },
  alreadySuspended: { status: 409, zh: '案件已挂账，时钟已停。', en: 'The case is suspended already; its clocks stand still.' },
  noLimitToExtend: { status: 422, zh: '没有可延长的处置时限。', en: 'There is no handling limit to extend.' },
  clockRanOut: {
    status: 422,
    zh: '处置时限已过，不能再延期。结案后可以提出超时申诉。',
    en: 'The handling limit has run out and cannot be extended any more. After closing the unit may appeal.',
  },
  nothingOverdue: { status: 422, zh: '本件没有超时，无须申诉。', en: 'Nothing was overdue in this case; there is nothing to appeal against.' },
  termOutside: { status: 422, zh: '请选择 {from} 至 {to} 之间的日期。', en: 'Choose a day from {from} to {to}.' },
  termPassed: {
    status: 422,
    zh: '申请的挂账日期已过，请不批准，由单位重新申请。',
    en: 'The day asked for has passed. Refuse it and let the unit ask anew.',
  },
  sameUnit: { status: 400, zh: '不能选择正在办理的单位。请选择其他单位。', en: 'That unit holds the case already. Choose another.' },
  unitMissing: { status: 400, zh: '异议成立时请选择由哪个单位负责。', en: 'Name the unit that is responsible when the objection is upheld.' },
  opinionMissing: { status: 400, zh: '请写明意见。', en: 'Write your opinion.' },
  requestEnded: { status: 409, zh: '这项申请已有结果。请刷新查看。', en: 'This request has ended. Refresh to see how.' },
  requestChanged: {
    status: 409,
    zh: '这项申请刚刚被他人处理。请看最新内容后再试。',
    en: 'Somebody acted on this request meanwhile. Look at it again and retry.',
  },
  requestLapsed: { status: 409, zh: '案件已有新进展，这项申请已失效。', en: 'The case has moved on; this request has lapsed.' },
  ownRequest: { status: 403, zh: '不能审批自己提出的申请。请由他人审批。', en: 'Nobody decides his own request. Leave it to somebody else.' },
  sameApprover: { status: 403, zh: '两级审批必须由不同的人完成。', en: 'Each level is decided by another person.' },
  ownDispatch: {
    status: 403,
    zh: '派出本件的人不能裁定异议。请由他人裁定。',
    en: 'Whoever dispatched the case does not adjudicate the objection. Leave it to somebody else.',
  },
  ownWhistle: {
    status: 403,
    zh: '发出这次召集的人不能裁定对它的异议。请由他人裁定。',
    en: 'Whoever let the units be summoned does not adjudicate an objection to it. Leave it to somebody else.',
  },
  otherSideUnheard: {
    status: 409,
    zh: '对方还没有答复。{hours} 小时内请等对方意见，之后可以裁定。',
    en: 'The other side has not answered yet. Wait for its opinion, at most {hours} hours; then it may be adjudicated.',
  },
  notSummoned: {
    status: 409,
    zh: '您的单位没有被召集，或这次召集已经结束。请刷新后再试。',
    en: 'Your unit is not summoned, or the summons is over. Refresh and try again.',
  },
  onlyObjection: {
    status: 422,
    zh: '被召集的单位只能提出异议；延期、挂账由牵头单位申请。',
    en: 'A summoned unit can object and no more; the lead asks for more time.',
  },
  alreadyThere: {
    status: 409,
    zh: '本单位已经到场，不能再提出异议。请反馈结果。',
    en: 'Your unit has come to the site and can object no more. Feed back the result.',
  },
  notToBeSummoned: {
    status: 422,
    zh: '这个单位不能被召集：只能选择本区的部门。',
    en: 'That unit cannot be summoned; choose a department of the district.',
  },
  noRuleOfSummons: {
    status: 422,
    zh: '对召集的裁定只供参考，不能标为派遣规则。',
    en: 'What was adjudicated about a summons is shown the next time; dispatch does not follow it.',
  },
  alreadyAnswered: { status: 409, zh: '本单位已经答复。', en: 'Your unit has answered already.' },
  notAsked: { status: 403, zh: '没有请您的单位答复这项异议。', en: 'Your unit was not asked about this objection.' },
  badRequestKind: { status: 422, zh: '申请规则不成立：{zh}。请改正。', en: 'These rules of a request cannot stand: {en}. Correct them.' },
  kindFromPast: {
    status: 422,
    zh: '只能从 {today} 之后的日期起生效，过去的规则不能改写。请选择 {earliest} 或以后的日期。',
    en: 'Rules of the past are not rewritten. Choose {earliest} or a later day.',
  },
  precedentNotFound: { status: 404, zh: '没有找到这个先例，或您无权查看。', en: 'No such precedent, or it is not yours to see.' },
})
