import { refusals } from '#kernel/refusal.ts'

/** Every expected "no" of the catalogue. */
export const refuse = refusals('catalogue', {
  unknownYear: {
    status: 422,
    zh: '没有 {year} 年的工作日历，无法计算时限。请先载入 {year} 年日历。',
    en: 'There is no working calendar for {year}, so the limit cannot be computed. Load the calendar of {year} first.',
  },
  noWorkingHours: {
    status: 422,
    zh: '日历中没有任何工作时段。请先设置工作时段。',
    en: 'The calendar has no working hours. Set the working hours first.',
  },
  badHours: {
    status: 422,
    zh: '{from} 起的工作时段有误：各时段应按先后排列、互不重叠且不跨日。请改正后重试。',
    en: 'The working hours from {from} on are wrong: put the periods in order, without overlap, within one day.',
  },
  badSetting: {
    status: 422,
    zh: '参数 {key} 不能是“{value}”。请按参数说明里的写法和范围改正后重试。',
    en: 'Setting {key} cannot be “{value}”. Write it as its description says, within its bounds, and try again.',
  },
  unknownSetting: {
    status: 422,
    zh: '没有参数 {key}。可用的参数：{known}。请改正后重试。',
    en: 'There is no setting {key}. Settings that exist: {known}. Correct it and try again.',
  },
  badLadder: {
    status: 422,
    zh: '{milestone} 时钟的第 {ordinal} 步有误：时间应为时限百分比或超时后分钟数之一，升级须指明角色，且步骤不得重复。请改正后重试。',
    en: 'Step {ordinal} of the {milestone} ladder is wrong: give a percentage or minutes after due, not both; an escalation names a role; no step twice.',
  },
  ladderMark: {
    status: 422,
    zh: '每个时钟须有且只有一个“超时”步骤，且在时限的 100%。请改正。',
    en: 'A ladder marks the overdue fact exactly once, at 100 % of the limit. Correct it.',
  },
  lateReminder: {
    status: 422,
    zh: '第 {ordinal} 步：提醒须在时限的 1% 至 99% 之间。',
    en: 'Step {ordinal}: a reminder comes before the limit, at 1 % to 99 %.',
  },
  ladderOrder: {
    status: 422,
    zh: '第 {ordinal} 步早于前一步。请按时间先后排列。',
    en: 'Step {ordinal} comes before the one above it. Put them in order of time.',
  },
  roleUnknown: {
    status: 422,
    zh: '第 {ordinal} 步：没有“{role}”这个角色。请选择升级给谁。',
    en: 'Step {ordinal}: there is no role “{role}”. Choose to whom it escalates.',
  },
  dayPassed: {
    status: 422,
    zh: '今天是 {today}，已生效的规则不能改写。请选择 {earliest} 或以后的日期。',
    en: 'Today is {today}, and rules in force are not rewritten. Choose {earliest} or a later day.',
  },
  badCalendar: {
    status: 422,
    zh: '{year} 年日历中的 {day} 有误：不属于该年，或重复出现。请改正后重试。',
    en: 'Day {day} in the calendar of {year} is wrong: it lies in another year or appears twice. Correct it and try again.',
  },
  matterNotFound: { status: 404, zh: '没有这个事项。', en: 'There is no such matter.' },
  conditionNotFound: { status: 404, zh: '没有这个立案条件。', en: 'There is no such filing condition.' },
  versionNotFound: { status: 404, zh: '没有这个版本。', en: 'There is no such version.' },
  notDraft: {
    status: 409,
    zh: '该版本已发布，不能再改。请另存一个新草稿。',
    en: 'This version has been published and cannot change. Save a new draft instead.',
  },
  versionChanged: {
    status: 409,
    zh: '草稿已被他人修改。请刷新后重试。',
    en: 'The draft has changed since you opened it. Reload it and try again.',
  },
  noEffectiveDate: {
    status: 422,
    zh: '事项“{matter}”没有生效日期。请填写后再发布。',
    en: 'Matter “{matter}” has no effective date. Give one before publishing.',
  },
  datesReversed: {
    status: 422,
    zh: '事项“{matter}”的失效日期 {to} 不晚于生效日期 {from}。请改正日期。',
    en: 'Matter “{matter}” ends on {to}, not after it begins on {from}. Correct the dates.',
  },
  pastTaken: {
    status: 422,
    zh: '事项“{matter}”在 {from} 已有生效版本，不能改写过去。请选择 {today} 或以后的生效日期。',
    en: 'Matter “{matter}” already had a version in force on {from}, and the past cannot be rewritten. Choose {today} or a later day.',
  },
  noCondition: {
    status: 422,
    zh: '事项“{matter}”没有立案条件。请至少填写一条。',
    en: 'Matter “{matter}” has no filing condition. Write at least one.',
  },
  sameConditionTwice: {
    status: 422,
    zh: '事项“{matter}”的立案条件“{condition}”重复。每条条件的代码应不同（{field}）。',
    en: 'Condition “{condition}” appears twice in matter “{matter}”. Give each condition its own code ({field}).',
  },
  noLimit: {
    status: 422,
    zh: '事项“{matter}”的立案条件“{condition}”没有时限（{field}）。没有时限的事项不能发布，请填写时限。',
    en: 'Condition “{condition}” of matter “{matter}” has no limit ({field}). A matter without a limit cannot be published: set the limit.',
  },
  noLead: {
    status: 422,
    zh: '事项“{matter}”的立案条件“{condition}”没有牵头单位（{field}）。请指定牵头单位。',
    en: 'Condition “{condition}” of matter “{matter}” has no lead ({field}). Name the lead.',
  },
  noTier: {
    status: 422,
    zh: '事项“{matter}”的立案条件“{condition}”没有分级（{field}）。请选择 A、B、C 或 D。',
    en: 'Condition “{condition}” of matter “{matter}” has no tier ({field}). Choose A, B, C or D.',
  },
  withdrawnToGrassroots: {
    status: 422,
    zh: '事项“{matter}”已由上级收回，立案条件“{condition}”不得交给街镇、社区或网格（{field}）。请改由区县部门承担。',
    en: 'Matter “{matter}” was taken back by a department; condition “{condition}” may not go to a street, community or grid ({field}). Name a district department.',
  },
  assistAsLead: {
    status: 422,
    zh: '事项“{matter}”属配合履职，立案条件“{condition}”不得由街镇、社区或网格牵头（{field}）。请由区县部门牵头，街镇配合。',
    en: 'In matter “{matter}” the grassroots only help; condition “{condition}” may not be led by a street, community or grid ({field}). Let a district department lead.',
  },
  departmentWorkToGrassroots: {
    status: 422,
    zh: '事项“{matter}”的立案条件“{condition}”把部门职能“{function}”交给基层牵头（{field}）。该日没有生效的下放记录。请由区县部门牵头，或先登记下放（权随事转）。',
    en: 'Condition “{condition}” of matter “{matter}” makes the grassroots lead the department function “{function}” ({field}) without a delegation in force on its first day. Let the district department lead, or record the delegation first.',
  },
  withdrawnNotDelegated: {
    status: 422,
    zh: '事项“{matter}”已由上级收回，不得下放街镇或社区。',
    en: 'Matter “{matter}” was taken back by a department and may not be delegated to a street or community.',
  },
  notDepartment: { status: 422, zh: '请选择下放事项的职能部门。', en: 'Choose the department that delegates its work.' },
  departmentUnknown: {
    status: 422,
    zh: '清单文件中的下放部门 {code} 在本市没有。请先导入机构人员，再导入清单。',
    en: 'The file delegates work of organisation {code}, which this city does not have. Load the organisations first.',
  },
  meansMissing: {
    status: 422,
    zh: '权随事转：人员、物资、经费至少写明一项。只给事、不给条件的不能下放。',
    en: 'Work goes down with its means: say what people, goods or money go with it, at least one.',
  },
  termReversed: { status: 422, zh: '到期日须晚于开始日期。', en: 'The end must lie after the beginning.' },
  termOver: { status: 422, zh: '到期日已过，请填写今天以后的日期。', en: 'That end has passed. Give a day after today.' },
  notBelowDepartment: {
    status: 422,
    zh: '请选择该部门辖区内的区、街镇或社区，且不低于承接层级。',
    en: 'Choose a district, street or community of the department’s territory, not below the level that takes the work.',
  },
  delegatedAlready: {
    status: 409,
    zh: '同一事项在该区域 {from} 至 {to} 已有下放记录。请先提前结束它，或改期。',
    en: 'The same work is delegated there from {from} to {to}. End that first, or choose other days.',
  },
  delegationNotFound: { status: 404, zh: '没有这条下放记录。', en: 'There is no such delegation.' },
  delegationOver: { status: 409, zh: '这条下放已经结束。', en: 'This delegation has ended already.' },
  notYours: { status: 403, zh: '您的岗位在这里没有这项权限（{permission}）。', en: 'None of your posts gives you {permission} here.' },
  entryMeansMissing: {
    status: 422,
    zh: '新增工作须随附条件：权限、人员、经费至少写明一项。',
    en: 'New work comes with means: say what authority, people or money come with it, at least one.',
  },
  askedAlready: { status: 409, zh: '这个事项在该区域已有待审批的准入申请。', en: 'An entry request for this matter there awaits its decision.' },
  listedAlready: { status: 409, zh: '这个事项在该区域已在清单上，无需申请。', en: 'This matter is on the list there already.' },
  requestNotFound: { status: 404, zh: '没有这份准入申请。', en: 'There is no such entry request.' },
  requestDecided: { status: 409, zh: '这份准入申请已有决定，不能再改。', en: 'This entry request has been decided and stays so.' },
  ownRequest: { status: 403, zh: '不能审批自己提出的申请，请由他人办理。', en: 'Nobody decides his own request. Ask a colleague.' },
  entryNeeded: {
    status: 422,
    zh: '协助事项须由部门提出准入申请、经区里批准后列入，不能直接添加。',
    en: 'Work for the government enters that list only by a department’s request that the district approves.',
  },
  noSuchCommunity: { status: 422, zh: '请选择区、街镇或社区。', en: 'Choose a district, a street or a community.' },
  listedInPast: { status: 422, zh: '清单从今天或以后开始变动，过去的不改。', en: 'A list changes from today or later; the past stays as it was.' },
  dutyNotFound: { status: 404, zh: '没有这条清单记录。', en: 'There is no such row of a list.' },
  dutyOver: { status: 409, zh: '这条清单记录已经结束。', en: 'This row of the list has ended already.' },
  shadowed: {
    status: 422,
    zh: '立案条件“{condition}”的词语“{by}”都有，按词语永远归不到它。请增加区别词，或给后者加上排除词。',
    en: 'Every word of condition “{condition}” also speaks for “{by}”, so words can never find it. Give it a word of its own, or the other one a word against.',
  },
  noLocalCode: {
    status: 422,
    zh: '大类 {largeClass} 的自定义编码已用完。请换一个大类。',
    en: 'Large class {largeClass} has no free local code left. Choose another large class.',
  },
  badFile: {
    status: 400,
    zh: '清单文件有误：{path}：{problem}。没有写入任何内容，请改正后重试。',
    en: 'The catalogue file is wrong at {path}: {problem}. Nothing was written; correct it and try again.',
  },
  importRefused: {
    status: 422,
    zh: '清单文件有 {count} 处问题，没有写入任何内容。第一处：{firstZh}',
    en: 'The catalogue file has {count} problems and nothing was written. The first: {firstEn}',
  },
})
