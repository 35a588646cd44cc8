import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { measureKeys } from '../cockpit/measures.ts'
import { Day } from '../shapes/contract.ts'

export const TargetView = z.object({
  measure: z.enum(measureKeys),
  areaCode: z.string().describe('Empty is the installation’s own start'),
  effectiveFrom: Day,
  value: z.number().nullable().describe('Null lifts the target'),
})
export type TargetView = z.infer<typeof TargetView>

export const listTargets = endpoint({
  id: 'listTargets',
  method: 'GET',
  path: '/api/targets',
  permission: 'figures.read',
  summary: 'Targets of the measures, past and to come, of the areas above and below the reader’s',
  reply: z.object({ today: Day, items: z.array(TargetView) }),
})

export const saveTarget = endpoint({
  id: 'saveTarget',
  method: 'POST',
  path: '/api/targets',
  permission: 'target.edit',
  summary: 'Sets or lifts the target of a measure for an area from a day on; what was in force before stays on record',
  body: z.object({
    commandId: z.uuid(),
    measure: z.enum(measureKeys),
    areaCode: z.string().regex(/^\d{4,12}$/),
    effectiveFrom: Day,
    value: z.number().min(0).max(1_000_000).nullable(),
  }),
  reply: TargetView,
})
