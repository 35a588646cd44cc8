import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { ListQuery } from '../contract.ts'

export const exportCases = endpoint({
  id: 'exportCases',
  method: 'GET',
  path: '/api/cases/export',
  permission: 'case.export',
  summary: 'The cases of a view as a CSV file: the rows of the list under the same rights, masked as there; the export is recorded',
  query: ListQuery.omit({ cursor: true, limit: true }).extend({ lang: z.enum(['zh', 'en']).optional() }),
  reply: z.string(),
  replyType: 'text/csv',
})
