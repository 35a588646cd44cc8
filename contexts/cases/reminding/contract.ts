import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { milestoneKinds, reminderActs } from '../../assignments/lifecycle.ts'
import { Instant } from '../shapes/contract.ts'

export const listReminders = endpoint({
  id: 'listReminders',
  method: 'GET',
  path: '/api/reminders',
  permission: 'assignment.read',
  summary: 'Reminders, overdue marks and escalations addressed to the actor’s posts, newest first',
  query: z.object({ limit: z.number().int().min(1).max(100).default(30) }),
  reply: z.object({
    items: z.array(
      z.object({
        id: z.uuid(),
        districtCode: z.string(),
        caseId: z.uuid(),
        number: z.string(),
        act: z.enum(reminderActs),
        milestone: z.enum(milestoneKinds),
        at: Instant,
      }),
    ),
  }),
})
