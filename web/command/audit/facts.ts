/** What was recorded with an entry of the trail, in words where there are words; ids and numbers stay as they are. Pure. */
import type { AuditEntry } from '#contexts/audit/contract.ts'
import { milestoneNames } from '#contexts/assignments/lifecycle.ts'
import { callBackOutcomeNames } from '#contexts/cases/calling-back/lifecycle.ts'
import { channelNames, moveReasons, ratingNames, statusNames, summonedReasons, triageNames } from '#contexts/cases/lifecycle.ts'
import { requestKindNames, requestStateNames } from '#contexts/cases/requesting/lifecycle.ts'
import { committeeListNames, entryStatusNames, leadLevelNames, versionStatusNames } from '#contexts/catalogue/lifecycle.ts'
import { factorDemandNames, organisationKindNames, tieKindNames } from '#contexts/people/lifecycle.ts'
import type { Wording } from '#kernel/refusal.ts'

type Names = Readonly<Record<string, Wording>>

/** Names of what a record holds, by key. */
export const factNames: Names = {
  accepted: { zh: '接收', en: 'Accepted' },
  added: { zh: '新增', en: 'Added' },
  anchors: { zh: '核对锚点数', en: 'Anchors given' },
  areaCode: { zh: '区域', en: 'Area' },
  areas: { zh: '区域数', en: 'Areas' },
  assignmentId: { zh: '任务编号', en: 'Assignment' },
  byName: { zh: '按姓名查', en: 'By a name' },
  caseId: { zh: '相关案件', en: 'Other case' },
  changed: { zh: '改动', en: 'Changed' },
  channel: { zh: '来源', en: 'Channel' },
  conditionId: { zh: '立案条件编号', en: 'Condition' },
  confidence: { zh: '把握', en: 'Confidence' },
  corrects: { zh: '更正此前评分', en: 'Corrects the score' },
  demand: { zh: '要求', en: 'Demand' },
  drawId: { zh: '回访抽样编号', en: 'Sample' },
  dueAt: { zh: '到期', en: 'Due' },
  effectiveFrom: { zh: '生效日期', en: 'In force from' },
  endedOn: { zh: '结束日期', en: 'Ended on' },
  factor: { zh: '第二步', en: 'Second step' },
  fault: { zh: '发现的问题', en: 'Fault' },
  from: { zh: '起始日期', en: 'From' },
  further: { zh: '往后翻页', en: 'A further page' },
  kind: { zh: '种类', en: 'Kind' },
  level: { zh: '层级', en: 'Level' },
  levels: { zh: '审批级次', en: 'Levels' },
  list: { zh: '清单', en: 'List' },
  listed: { zh: '列入', en: 'Listed' },
  locked: { zh: '账号已锁定', en: 'Account locked' },
  longestDays: { zh: '最长天数', en: 'Longest days' },
  mainId: { zh: '主案', en: 'Main case' },
  matterId: { zh: '事项编号', en: 'Matter' },
  milestone: { zh: '时钟', en: 'Clock' },
  milestoneId: { zh: '时钟编号', en: 'Clock’s id' },
  minimumPerStreet: { zh: '每街镇至少', en: 'Least of a street' },
  most: { zh: '最多批准', en: 'At most granted' },
  number: { zh: '序号', en: 'Number' },
  organisationId: { zh: '单位编号', en: 'Organisation' },
  organisationIds: { zh: '参与单位编号', en: 'Organisations' },
  origin: { zh: '照片来自', en: 'Picture of' },
  originId: { zh: '原案件', en: 'Case it came from' },
  otherId: { zh: '另一单位编号', en: 'Other organisation' },
  percent: { zh: '抽样比例（%）', en: 'Share in percent' },
  photoId: { zh: '照片编号', en: 'Picture' },
  population: { zh: '抽取范围件数', en: 'Drawn from' },
  requestId: { zh: '申请编号', en: 'Request' },
  requestState: { zh: '申请状态', en: 'State of the request' },
  role: { zh: '角色', en: 'Role' },
  sampled: { zh: '抽取件数', en: 'Sampled' },
  score: { zh: '评分', en: 'Score' },
  sealed: { zh: '已封存', en: 'Sealed' },
  seals: { zh: '封存次数', en: 'Seals' },
  seed: { zh: '种子', en: 'Seed' },
  status: { zh: '状态', en: 'Status' },
  subjectId: { zh: '只看对象', en: 'Only the subject' },
  suspendedUntil: { zh: '挂账至', en: 'Suspended until' },
  to: { zh: '截止日期', en: 'To' },
  toRole: { zh: '升级给', en: 'Escalated to' },
  triageReason: { zh: '转人工原因', en: 'Why a person' },
  tries: { zh: '每单位可提次数', en: 'Tries of a unit' },
  type: { zh: '事项类型', en: 'Type' },
  unsealed: { zh: '未封存', en: 'Not sealed' },
  updated: { zh: '更新', en: 'Updated' },
  validFrom: { zh: '起始日期', en: 'From' },
  validTo: { zh: '截止日期', en: 'Until' },
  view: { zh: '视图', en: 'View' },
  whistleId: { zh: '吹哨编号', en: 'Whistle' },
}

const roleNames: Names = {
  grid_worker: { zh: '网格员', en: 'Grid worker' },
  handler: { zh: '处置人员', en: 'Handler' },
  inspector: { zh: '核查员', en: 'Inspector' },
  dispatcher: { zh: '派遣员', en: 'Dispatcher' },
  supervisor: { zh: '督查员', en: 'Supervisor' },
  leader: { zh: '分管领导', en: 'Leader' },
  participant: { zh: '参与人', en: 'Participant' },
  department_system: { zh: '部门系统', en: 'Department’s system' },
  system_admin: { zh: '系统管理员', en: 'System administrator' },
  security_admin: { zh: '安全管理员', en: 'Security administrator' },
  audit_admin: { zh: '审计管理员', en: 'Audit administrator' },
}
const yes: Wording = { zh: '是', en: 'Yes' }
const no: Wording = { zh: '否', en: 'No' }

/** Words of values, by key; a key that is not here holds an id, a number or a date. */
const valueNames: Readonly<Record<string, Names>> = {
  channel: channelNames,
  demand: factorDemandNames,
  factor: { none: { zh: '没有', en: 'None' }, app: { zh: '验证码', en: 'Code of the app' }, recovery: { zh: '备用码', en: 'Recovery code' } },
  kind: {
    ...organisationKindNames,
    ...tieKindNames,
    ...requestKindNames,
    emergency: { zh: '应急哨', en: 'Emergency' },
    ordinary: { zh: '普通哨', en: 'Ordinary' },
    hard: { zh: '攻坚哨', en: 'Hard problem' },
  },
  level: leadLevelNames,
  list: { ...committeeListNames, entries: { zh: '操作记录', en: 'Trail' }, looks: { zh: '个人信息查看', en: 'Looks at personal data' } },
  milestone: milestoneNames,
  origin: { caller: { zh: '反映人', en: 'The caller' }, unit: { zh: '办理单位', en: 'A unit' } },
  requestState: requestStateNames,
  role: roleNames,
  score: ratingNames,
  status: statusNames,
  toRole: roleNames,
  triageReason: triageNames,
}
const stateNames: Readonly<Record<string, Names>> = { case: statusNames, matter_version: versionStatusNames, entry_request: entryStatusNames }
const reasonNames: Names = {
  ...Object.assign({}, ...Object.values(moveReasons)),
  ...summonedReasons,
  ...callBackOutcomeNames,
  ...requestKindNames,
}

const wordOf = (names: Names | undefined, code: string): Wording => (names && Object.hasOwn(names, code) ? names[code] : undefined) ?? { zh: code }

/** A state of a subject of this kind. */
export const stateWord = (subjectKind: string, state: string): Wording => wordOf(stateNames[subjectKind], state)
export const reasonWord = (code: string): Wording => wordOf(reasonNames, code)

/** What an entry holds beyond its own columns. What is empty says nothing and is left out. */
export function recordedFacts({ data }: Pick<AuditEntry, 'data'>): { key: string; name: Wording; value: Wording }[] {
  return Object.entries(data).flatMap(([key, value]) => {
    if (value === null || value === '') return []
    const word = typeof value === 'boolean' ? (value ? yes : no) : wordOf(valueNames[key], String(value))
    return [{ key, name: wordOf(factNames, key), value: word }]
  })
}
