/** What a wall can show. Pure. */
export const wallLayouts = ['figures', 'areas', 'today'] as const
export type WallLayout = (typeof wallLayouts)[number]

/** Seconds that each layout stands when they take turns. */
export const TURN_SECONDS = 20

/** The layout of an address at a moment: `all` takes turns by the clock, so that two displays side by side agree and a reload changes nothing. */
export function layoutAt(asked: string, ms: number, seconds = TURN_SECONDS): WallLayout {
  const fixed = wallLayouts.find((layout) => layout === asked)
  return fixed ?? wallLayouts[Math.floor(ms / 1000 / seconds) % wallLayouts.length] ?? wallLayouts[0]
}
