/** One line of a menu. `heading` starts a group above it; `chosen` marks the one in force; a `fact` is only read. */
export interface MenuItem {
  readonly id: string
  readonly text: string
  readonly chosen?: boolean
  readonly heading?: string | undefined
  readonly fact?: boolean
}
