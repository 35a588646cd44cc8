/** By which rights numbers are counted. */
export interface CountedBy {
  /** Where figures are read. */
  readonly figures: string
  /** Which cases count. */
  readonly cases: 'case.read' | 'case.count'
}

/** A number that opens into its list counts what the reader may open. */
export const byReading: CountedBy = { figures: 'figures.read', cases: 'case.read' }

/** The board counts for whoever may count: a wall opens no case. Roles that read have both rights with the same reach, so the numbers agree. */
export const byCounting: CountedBy = { figures: 'board.read', cases: 'case.count' }
