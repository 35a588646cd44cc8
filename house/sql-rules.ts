import ts from 'typescript'
import { withoutComments } from '../tools/schema.ts'

/** A piece of SQL in a source file: a template or a string, or a chain of query-builder calls. */
interface SqlText {
  readonly line: number
  readonly text: string
}

const keyword = /\b(select|insert\s+into|update|delete\s+from|merge\s+into|lock\s+table|notify|listen)\b/i

/** What SQL outside the migrations may not do. Each rule was tried on a database spread over machines, or measured (docs/decisions). */
const rules: readonly (readonly [(sql: string) => boolean, string])[] = [
  [
    (sql) => /\bskip\s+locked\b|\.skipLocked\(/i.test(sql) && !/district/i.test(sql),
    'rows are claimed inside one district: name district_code beside skip locked',
  ],
  [(sql) => /\bpg_(try_)?advisory_/i.test(sql), 'no advisory locks: they are held per machine; use a lease row'],
  [
    (sql) => /(^|;)\s*(notify|listen)\s+\w+\s*(,|;|$)|\bpg_notify\s*\(/i.test(sql),
    'no notify: it halves write throughput and is heard on one machine only',
  ],
  [(sql) => /\bdo\s+update\b[\s\S]*\b(now|clock_timestamp|random)\s*\(/i.test(sql), 'on conflict do update sets only what was passed in'],
  [
    (sql) => /\b(grouping\s+sets|cube\s*\(|rollup\s*\(|with\s+recursive)/i.test(sql) && !/district/i.test(sql),
    'no grouping sets or recursion across districts',
  ],
  [(sql) => /^\W*with\b/i.test(sql) && writes(sql) > 1, 'no writes to several tables in one CTE: one statement per table'],
]

function writes(sql: string): number {
  return sql.match(/\b(insert\s+into|update\s+[\w.$]+\s+(?:\w+\s+)?set|delete\s+from)\b/gi)?.length ?? 0
}

/** Tables whose rows an update moves to another district. */
function movedTables(sql: string): string[] {
  if (!/\bset\b[\s\S]*\bdistrict_code\s*=/i.test(setPart(sql))) return []
  return [/\b(?:insert\s+into|update)\s+([\w.]+)/i.exec(sql)?.[1] ?? '']
}

/** From `update` up to its `where` or `from`: the part that assigns. */
function setPart(sql: string): string {
  return /\bupdate\s[\s\S]*?(?=\b(?:where|from)\b|$)/i.exec(sql)?.[0] ?? ''
}

function sqlTexts(source: ts.SourceFile): SqlText[] {
  const found: SqlText[] = []
  const add = (node: ts.Node, text: string): void => void found.push({ line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, text })
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node) || ts.isStringLiteralLike(node)) {
      const text = node.getText(source).slice(1, -1)
      if (keyword.test(text) || /advisory_|pg_notify/i.test(text)) add(node, withoutComments(text))
    }
    // The whole statement around `.skipLocked()`: its conditions stand in the same chain.
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'skipLocked') {
      const statement = ts.findAncestor(node, ts.isStatement)
      if (statement) add(node, statement.getText(source))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Faults of the SQL in one source file, each with its line. `isSpread` tells the tables whose rows belong to a district. */
export function sqlFaults(path: string, text: string, isSpread: (table: string) => boolean = () => true): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return sqlTexts(source).flatMap((sql) => {
    const broken = rules.filter(([isBroken]) => isBroken(sql.text)).map(([, why]) => why)
    const moved = movedTables(sql.text)
      .filter(isSpread)
      .map(() => 'a row never changes its district')
    return [...broken, ...moved].map((why) => `${path}:${sql.line}: ${why}`)
  })
}
