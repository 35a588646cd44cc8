import { z } from 'zod'

/** Shapes that the contracts of this context share. */
export const WordingView = z.object({ zh: z.string(), en: z.string().optional() })
export const Day = z.iso.date()
// No grid: a grid has one worker, and figures are never a person's.
export const AreaCode = z.string().regex(/^\d{4,12}$/)
