import type { RejectReason } from '../recorded/file.ts'

/** What became of the rows of a file, and for each reason of a rejection how often it came and where first. */
export function takenLines(report: {
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  readonly held?: number
  readonly rejectsPath: string
  readonly reasons: readonly RejectReason[]
}): string[] {
  const { rows, accepted, rejected, held = 0, rejectsPath, reasons } = report
  const where = rejected > 0 ? `（逐行原因见 ${rejectsPath}）` : ''
  return [
    `共 ${rows} 行，可用 ${accepted} 行，退回 ${rejected} 行${where}。 ${rows} rows, ${accepted} accepted, ${rejected} rejected.`,
    ...(held > 0
      ? [
          `其中 ${held} 件的事项在当地没有牵头单位，等待人工，不计时。请核对事项的 lead 与单位的 functionCode。`,
          `${held} of them wait for a person, without a clock: no unit there leads their matter. Compare lead with functionCode.`,
        ]
      : []),
    ...reasons.flatMap(({ code, rows: times, first: { line, reason } }) => [
      `  ${code} ${times} 行，首先是第 ${line} 行：${reason.zh}`,
      `  ${code} ${times} rows, first line ${line}: ${reason.en ?? reason.zh}`,
    ]),
  ]
}
