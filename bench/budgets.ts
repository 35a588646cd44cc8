import { readFileSync } from 'node:fs'
import type { Figures } from './figures.ts'

type Bound = Partial<Record<keyof Figures, { readonly min?: number; readonly max?: number; readonly why: string }>>

/** Which figures lie outside bench/budgets.json. A figure that could not be measured breaks no budget; it is said apart. */
export function overBudget(works: Readonly<Record<string, Figures>>): string[] {
  const budgets = JSON.parse(readFileSync(new URL('budgets.json', import.meta.url), 'utf8')) as Record<string, Bound>
  return Object.entries(works).flatMap(([work, figures]) =>
    Object.entries(budgets[work] ?? {}).flatMap(([name, { min = -Infinity, max = Infinity, why }]) => {
      const value = figures[name as keyof Figures]
      if (value === null || (value >= min && value <= max)) return []
      return [`${work}.${name} is ${value}, not ${value < min ? `at least ${min}` : `at most ${max}`}: ${why}`]
    }),
  )
}
