import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { milestoneKinds } from '../../assignments/lifecycle.ts'

const WordingView = z.object({ zh: z.string(), en: z.string().optional() })
const EnglishToo = z.object({ zh: z.string(), en: z.string() })

export const showWhistleSettings = endpoint({
  id: 'showWhistleSettings',
  method: 'GET',
  path: '/api/whistles/settings',
  permission: 'case.read',
  summary: 'What the city calls a whistle and the answer to it, and the kinds in force with their limits',
  reply: z.object({
    words: z.object({ word: EnglishToo, answer: EnglishToo }),
    kinds: z.array(
      z.object({
        code: z.string(),
        name: WordingView,
        limits: z.array(z.object({ clock: z.enum(milestoneKinds), value: z.number(), unit: z.string() })),
        needsApproval: z.boolean(),
      }),
    ),
  }),
})
