import type { RejectReason } from '../recorded/file.ts'

/** What became of the rows of a file, and for each reason of a rejection how often it came and where first. */
export function takenLines(report: {
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  readonly rejectsPath: string
  readonly reasons: readonly RejectReason[]
}): string[] {
  const { rows, accepted, rejected, rejectsPath, reasons } = report
  const where = rejected > 0 ? `（逐行原因见 ${rejectsPath}）` : ''
  return [
    `共 ${rows} 行，可用 ${accepted} 行，退回 ${rejected} 行${where}。 ${rows} rows, ${accepted} accepted, ${rejected} rejected.`,
    ...reasons.flatMap(({ code, rows: times, first: { line, reason } }) => [
      `  ${code} ${times} 行，首先是第 ${line} 行：${reason.zh}`,
      `  ${code} ${times} rows, first line ${line}: ${reason.en ?? reason.zh}`,
    ]),
  ]
}
