import type { Wording } from '#kernel/refusal.ts'

/** Words for event types whose contexts tell shapes only. */
export const plainNames: Readonly<Record<string, Wording>> = {
  'territory.imported': { zh: '领域导入', en: 'Areas imported' },
  'territory.retired': { zh: '领域停用', en: 'Areas ended' },
  'catalogue.draft_saved': { zh: '保存草稿', en: 'Draft of a matter saved' },
  'catalogue.published': { zh: '发布事项', en: 'Matter published' },
  'catalogue.imported': { zh: '清单导入', en: 'Catalogue imported' },
}
