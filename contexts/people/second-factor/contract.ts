import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { Day, SignInCode, Wording } from '../contract.ts'
import { factorDemands } from '../lifecycle.ts'

export const startSecondFactor = endpoint({
  id: 'startSecondFactor',
  method: 'POST',
  path: '/api/me/second-factor',
  permission: 'signedIn',
  summary: 'Make a secret for my authenticator app (RFC 6238); it counts once a code has confirmed it.',
  limit: { calls: 60, seconds: 60 },
  body: z.object({ currentPassword: z.string().min(1).max(128) }),
  reply: z.object({ secret: z.string().describe('Base 32'), address: z.string().describe('otpauth address of the same secret') }),
})

export const confirmSecondFactor = endpoint({
  id: 'confirmSecondFactor',
  method: 'POST',
  path: '/api/me/second-factor/confirmation',
  permission: 'signedIn',
  summary: 'Switch my second factor on with a first code.',
  body: z.object({ code: SignInCode }),
  reply: z.object({ recoveryCodes: z.array(z.string()).describe('Told here once and never again; each opens once') }),
})

export const switchSecondFactorOff = endpoint({
  id: 'switchSecondFactorOff',
  method: 'POST',
  path: '/api/me/second-factor/removal',
  permission: 'signedIn',
  summary: 'Switch my second factor off with a code.',
  body: z.object({ code: SignInCode }),
  reply: z.object({ off: z.literal(true) }),
})

export const removeSecondFactor = endpoint({
  id: 'removeSecondFactor',
  method: 'POST',
  path: '/api/persons/{personId}/second-factor/removal',
  permission: 'people.secure',
  summary: 'Take the second factor of somebody else away, who lost it; all sessions of the account end.',
  params: z.object({ personId: z.uuid() }),
  reply: z.object({ removed: z.literal(true) }),
})

export const FactorRuleView = z.object({
  role: z.string(),
  roleName: Wording,
  demand: z.enum(factorDemands).describe('Today'),
  next: z
    .object({ demand: z.enum(factorDemands), effectiveFrom: Day })
    .nullable()
    .describe('The next change that is known'),
})
export type FactorRuleView = z.infer<typeof FactorRuleView>

export const listFactorRules = endpoint({
  id: 'listFactorRules',
  method: 'GET',
  path: '/api/second-factor-rules',
  permission: 'people.secure',
  summary: 'What is asked of each role at sign-in.',
  reply: z.object({ items: z.array(FactorRuleView) }),
})

export const setFactorRule = endpoint({
  id: 'setFactorRule',
  method: 'POST',
  path: '/api/second-factor-rules',
  permission: 'people.secure',
  summary: 'Say whether a role needs a second factor, from today or a later day on.',
  body: z.object({ role: z.string().min(1).max(64), demand: z.enum(factorDemands), effectiveFrom: Day }),
  reply: z.object({ items: z.array(FactorRuleView) }),
})
