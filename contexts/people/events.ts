import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { NewEvent } from '#platform/event.ts'

/** What people says happened. Subjects are accounts, posts, stand-ins, organisations, keys, rules and links: ids only, never a name or a login. */
export const peopleEvents = {
  'people.signed_in': { zh: '登录', en: 'Signed in' },
  'people.sign_in_refused': { zh: '登录失败', en: 'Sign-in refused' },
  'people.account_locked': { zh: '账号锁定', en: 'Account locked' },
  'people.signed_out': { zh: '退出', en: 'Signed out' },
  'people.password_changed': { zh: '修改密码', en: 'Password changed' },
  'people.account_opened': { zh: '开通账号', en: 'Account opened' },
  'people.password_reset': { zh: '重置密码', en: 'Password reset by an administrator' },
  'people.second_factor_on': { zh: '启用两步登录', en: 'Second factor switched on' },
  'people.second_factor_off': { zh: '停用两步登录', en: 'Second factor switched off' },
  'people.second_factor_removed': { zh: '解除他人两步登录', en: 'Second factor removed by an administrator' },
  'people.second_factor_ruled': { zh: '设定两步登录要求', en: 'Demand for a second factor set' },
  'people.key_made': { zh: '发放接口密钥', en: 'Key of a system made' },
  'people.key_revoked': { zh: '撤销接口密钥', en: 'Key of a system revoked' },
  'people.account_unlocked': { zh: '解除锁定', en: 'Account unlocked' },
  'people.organisation_founded': { zh: '新设单位', en: 'Organisation founded' },
  'people.organisation_renamed': { zh: '单位更名', en: 'Organisation renamed' },
  'people.organisation_ended': { zh: '撤销单位', en: 'Organisation ended' },
  'people.organisation_tied': { zh: '建立单位关系', en: 'Organisations tied' },
  'people.organisation_untied': { zh: '解除单位关系', en: 'Tie of organisations ended' },
  'people.post_begun': { zh: '任命岗位', en: 'Post begun' },
  'people.post_ended': { zh: '结束岗位', en: 'Post ended' },
  'people.stand_in_begun': { zh: '交代代班', en: 'Post handed to a stand-in' },
  'people.stand_in_ended': { zh: '结束代班', en: 'Stand-in ended' },
  'people.link_made': { zh: '发放参与链接', en: 'Link made' },
  'people.link_opened': { zh: '打开参与链接', en: 'Link opened' },
  'people.link_closed': { zh: '退出参与链接', en: 'Link session closed' },
  'people.link_revoked': { zh: '撤销参与链接', en: 'Link revoked' },
} as const
export type PeopleEventType = keyof typeof peopleEvents

interface About {
  readonly districtCode: DistrictCode
  readonly subjectId: string
  readonly happenedAt: Instant
  readonly data?: NewEvent['data']
}

/** By how the name of an event begins; all others are about accounts. */
const subjectKinds = [
  ['people.post_', 'post'],
  ['people.organisation_', 'organisation'],
  ['people.stand_in_', 'stand_in'],
  ['people.link_', 'link'],
  ['people.key_', 'key'],
  ['people.second_factor_ruled', 'rule'],
] as const

export function peopleEvent(type: PeopleEventType, { districtCode, subjectId, happenedAt, data = {} }: About): NewEvent {
  const [, subjectKind = 'account'] = subjectKinds.find(([start]) => type.startsWith(start)) ?? []
  return { type, version: 1, districtCode, subjectKind, subjectId, subjectVersion: 1, happenedAt, data }
}
