import type { CatalogueFile } from '#contexts/catalogue/index.ts'
import { addDays, type LocalDate } from '#kernel/clock.ts'

type DelegationEntry = CatalogueFile['delegations'][number]

const since = '2025-01-01' as LocalDate
const barbecue = {
  standard: 'GB/T 47678.5-2026',
  kind: 'event',
  code: '06029',
  condition: null,
  organisation: '990101-urban_management',
  function: 'urban_management',
  level: 'street',
  authority: { zh: '露天烧烤的检查和处罚（示例）', en: 'Inspection and fines for open-air barbecues (sample)' },
  people: { zh: '下沉执法队员 4 人（示例）', en: 'Four officers (sample)' },
  goods: { zh: '执法车 1 台、执法记录仪 4 台（示例）', en: 'One car, four body cameras (sample)' },
  money: null,
  legalBasis: { zh: '行政处罚法第二十四条', en: 'Administrative Penalty Law, article 24' },
  signedBy: '望潮区人民政府（示例）',
  from: since,
} as const

/** 权随事转: a department's work in the hands of streets, as it stands on a day: one delegation runs, one ends soon, one ended before its term, one is to come. */
export function demonstrationDelegations(today: LocalDate): DelegationEntry[] {
  return [
    { ...barbecue, areaCode: '990101001', to: addDays(today, 220), ended: null },
    { ...barbecue, areaCode: '990101002', to: addDays(today, 18), ended: null },
    {
      ...barbecue,
      areaCode: '990101003',
      to: addDays(today, 220),
      ended: { on: addDays(today, -35), reason: '下沉队员已收回，权限一并收回（示例）' },
    },
    {
      ...barbecue,
      organisation: '990102-urban_management',
      areaCode: '990102001',
      from: addDays(today, 25),
      to: addDays(today, 390),
      money: { zh: '每年经费 12 万元（示例）', en: '120,000 yuan a year (sample)' },
      signedBy: '星湾区人民政府（示例）',
      ended: null,
    },
  ]
}
