import type { Wording } from '#kernel/refusal.ts'

/** Words for event types whose contexts tell shapes only. */
export const plainNames: Readonly<Record<string, Wording>> = {
  'territory.imported': { zh: '领域导入', en: 'Areas imported' },
  'territory.retired': { zh: '领域停用', en: 'Areas ended' },
  'territory.base_map_set': { zh: '设置底图', en: 'Base map configured' },
  'catalogue.draft_saved': { zh: '保存草稿', en: 'Draft of a matter saved' },
  'catalogue.published': { zh: '发布事项', en: 'Matter published' },
  'catalogue.imported': { zh: '清单导入', en: 'Catalogue imported' },
  'catalogue.delegated': { zh: '下放事项', en: 'Work delegated' },
  'catalogue.delegation_ended': { zh: '终止下放', en: 'Delegation ended' },
  'catalogue.entry_asked': { zh: '申请准入', en: 'Entry to the committees’ lists asked for' },
  'catalogue.entry_decided': { zh: '准入审定', en: 'Entry decided' },
  'catalogue.committee_duty_listed': { zh: '列入居委会清单', en: 'Put on the committees’ list' },
  'catalogue.committee_duty_ended': { zh: '移出居委会清单', en: 'Taken off the committees’ list' },
}
