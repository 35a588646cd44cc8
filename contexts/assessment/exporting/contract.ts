import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { figureParts, indicatorKeys } from '../contract.ts'
import { PivotScope } from '../pivoting/contract.ts'
import { tallyKeys, TallyScope } from '../tallying/contract.ts'

const lang = z.enum(['zh', 'en']).optional()

export const exportPivot = endpoint({
  id: 'exportPivot',
  method: 'GET',
  path: '/api/insight/file',
  permission: 'figures.read',
  summary: 'The table of the analysis as a CSV file, with filter, time and person above it; the export is recorded',
  query: PivotScope.extend({ lang }),
  reply: z.string(),
  replyType: 'text/csv',
})

export const exportTallyCases = endpoint({
  id: 'exportTallyCases',
  method: 'GET',
  path: '/api/tallies/{key}/file',
  permission: 'case.export',
  summary: 'The cases that a count counts as a CSV file: the rows of the list; the export is recorded',
  params: z.object({ key: z.enum(tallyKeys) }),
  query: TallyScope.extend({ lang }),
  reply: z.string(),
  replyType: 'text/csv',
})

export const exportFigureCases = endpoint({
  id: 'exportFigureCases',
  method: 'GET',
  path: '/api/figures/{key}/file',
  permission: 'case.export',
  summary: 'The cases of one part of a figure as a CSV file: the rows of the list; the export is recorded',
  params: z.object({ key: z.enum(indicatorKeys) }),
  query: TallyScope.extend({ part: z.enum(figureParts).default('numerator'), lang }),
  reply: z.string(),
  replyType: 'text/csv',
})
