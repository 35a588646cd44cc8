import { refusals } from '#kernel/refusal.ts'

export const refuse = refusals('cases', {
  notFound: { status: 404, zh: '没有找到这个案件，或您无权查看。', en: 'No such case, or it is not yours to see.' },
  codeUnknown: {
    status: 404,
    zh: '没有找到这个查询码。请核对回执上的 16 位查询码。',
    en: 'No case has this code. Check the 16 characters on your receipt.',
  },
  notYours: { status: 403, zh: '您的岗位不能对此案件执行“{move}”。', en: 'Your post may not make the move {move} on this case.' },
  moveNotAllowed: {
    status: 409,
    zh: '案件当前为“{status}”，不能执行“{move}”。请刷新后再试。',
    en: 'The case is “{status}”; “{move}” is not possible now. Refresh and try again.',
  },
  versionConflict: {
    status: 409,
    zh: '案件已被他人更新（第 {actual} 版，您看到的是第 {expected} 版）。请看最新内容后再试。',
    en: 'Somebody changed the case meanwhile (version {actual}, you saw {expected}). Look at it again and retry.',
  },
  matterMissing: { status: 422, zh: '还没有确定事项。请先选择事项。', en: 'The matter is not known yet. Choose one first.' },
  placeMissing: { status: 422, zh: '还没有确定位置。请先选择所在社区或网格。', en: 'The place is not known yet. Choose a community or grid first.' },
  noDutyHolder: {
    status: 422,
    zh: '该地点没有对应的责任单位。请选择单位并说明理由。',
    en: 'Nobody is on duty for this matter here. Choose a unit and say why.',
  },
  holdsNot: { status: 403, zh: '此案件不在您的单位手中。', en: 'Your unit does not hold this case.' },
  reasonMissing: { status: 400, zh: '请选择理由。', en: 'Choose a reason.' },
  resultMissing: { status: 400, zh: '请写明处置结果，反映人将看到它。', en: 'Say what was done; the caller will read it.' },
  ownWork: { status: 403, zh: '处置与核查必须由不同的人完成（采办分离）。', en: 'Whoever handled a case may not check it.' },
  stepsMissing: { status: 422, zh: '还缺少步骤：{steps}。', en: 'Steps are missing: {steps}.' },
  reopenTooLate: {
    status: 422,
    zh: '结案已超过 {days} 天，不能重开。请重新反映。',
    en: 'It was closed more than {days} days ago. Please report it anew.',
  },
  alreadyRated: { status: 409, zh: '已经评价过了，谢谢。', en: 'Already rated, thank you.' },
  scoreMissing: { status: 400, zh: '请选择一项评价。', en: 'Choose one of the five answers.' },
  conditionUnknown: { status: 400, zh: '事项清单中没有这一项。请重新选择事项。', en: 'The catalogue has no such matter. Choose again.' },
  areaUnknown: { status: 400, zh: '没有编码为 {code} 的区域。请重新选择位置。', en: 'No area has the code {code}. Choose the place again.' },
  otherDistrict: {
    status: 422,
    zh: '该位置属于其他区（{code}），请用“移交外区”。',
    en: 'That place lies in another district ({code}); use “Move to another district”.',
  },
  sameDistrict: { status: 422, zh: '该位置就在本区，请用“更正”。', en: 'That place lies in this district; use “Correct”.' },
  unitNoteMissing: { status: 400, zh: '改派到规则以外的单位时，请写明理由。', en: 'Say why this unit and not the one that the rules name.' },
  unitUnknown: { status: 400, zh: '没有这个单位。请重新选择单位。', en: 'No such unit. Choose again.' },
  nothingToCorrect: { status: 400, zh: '请给出要更正的事项或位置。', en: 'Give the matter or the place that is to be corrected.' },
  noDistrict: {
    status: 422,
    zh: '还没有开通任何区，暂不能受理。请联系管理员先导入区划。',
    en: 'No district is open yet. The administrator must import the territory first.',
  },
  pointOutside: {
    status: 422,
    zh: '该坐标不在服务范围内。请选择所在社区，或检查坐标与坐标系。',
    en: 'That point lies outside the area served. Choose a community, or check the coordinate and its datum.',
  },
  boundByAdjudication: {
    status: 422,
    zh: '此案件已裁定由本单位负责，不能再退回或提出异议。请办理；确有困难可申请延期或挂账。',
    en: 'It was adjudicated that this case is your unit’s. It can be neither returned nor objected to again; ask for an extension or a suspension if you need time.',
  },
  onlyByDecision: {
    status: 422,
    zh: '改派须经异议裁定。请在“申请与裁定”中裁定。',
    en: 'This needs the adjudication of an objection. Decide it under “Requests”.',
  },
  noPurpose: { status: 403, zh: '没有在办的工作需要您查看联系方式。', en: 'You have no open work on this case that needs the contact.' },
  pairIncomplete: { status: 400, zh: '经度和纬度必须同时给出。', en: 'Give longitude and latitude together.' },
})
