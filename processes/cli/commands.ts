import { refuse } from '#contexts/audit/refusals.ts'
import { openDatabase } from '#platform/database/database.ts'
import { knownDistricts } from '#platform/district.ts'
import { sequence } from '#platform/log.ts'
import { createLogger } from '#platform/logger.ts'
import { anchorText, faultSentence, readAnchor, verify, type Anchor } from '#platform/verify.ts'
import { doctor } from '../../tools/doctor.ts'
import { importFile } from '../recorded/import.ts'
import { triageNames, type TriageReason } from '#contexts/cases/lifecycle.ts'
import { rehearseFile } from '../recorded/rehearse.ts'
import { replayFile } from '../recorded/replay.ts'
import { areaLines } from './area-lines.ts'
import { takenLines } from './taken-lines.ts'
import type { Command, Option } from './parse.ts'
import { withDatabase } from './run.ts'

const profileOption: Option = { type: 'string', required: true, summary: { zh: '导入说明（JSON）', en: 'the import profile (JSON)' } }
const rejectsOption: Option = {
  type: 'string',
  summary: {
    zh: '未能导入的行写到哪个文件（默认：输入文件名加 .rejects.csv）',
    en: 'where rejected rows go (default: the input’s name with .rejects.csv)',
  },
}
const jsonOption: Option = { type: 'boolean', summary: { zh: '最后一行输出 JSON', en: 'JSON on the last line' } }
const oneFile = { atLeast: 1, atMost: 1 }

/** Everything that `npx huying` can do. */
export const commands: readonly Command[] = [
  {
    name: 'start',
    usage: '',
    summary: { zh: '启动（等同 npm start）', en: 'Starts everything (the same as npm start)' },
    options: {},
    words: { atLeast: 0, atMost: 0 },
    // The process lives on until it is stopped; `start` ends it.
    run: async () => {
      await import('../all.ts')
      return new Promise(() => undefined)
    },
  },
  {
    name: 'import',
    usage: '--profile P [file]',
    summary: {
      zh: '按导入说明载入案件、区划、城市的单位与事项，或事项清单',
      en: 'Loads cases, areas, a city’s units and matters, or a catalogue by a profile',
    },
    options: { profile: profileOption, rejects: rejectsOption, json: jsonOption },
    words: { atLeast: 0, atMost: 1 },
    run: async ({ text, on, words }) => {
      const files = { profile: text['profile'] ?? '', input: words[0], rejects: text['rejects'] }
      const report = await withDatabase((url) =>
        importFile(url, files, ({ rows, rejected }) => progress(`${rows} 行 rows, ${rejected} 未导入 rejected`)),
      )
      endProgress()
      const { rows, accepted, rejected, moves, held, areas } = report
      for (const line of takenLines(report)) console.log(line)
      if (areas) for (const line of areaLines(areas)) console.log(line)
      if (on['json']) console.log(JSON.stringify({ rows, accepted, rejected, moves, held, ...areas }))
      return 0
    },
  },
  {
    name: 'replay',
    usage: '--profile P file.csv [--json]',
    summary: {
      zh: '在模拟时钟上回放一个城市的记录，比较超时判定',
      en: 'Replays a recorded city on a simulated clock and compares the overdue verdicts',
    },
    options: { profile: profileOption, rejects: rejectsOption, json: jsonOption },
    words: oneFile,
    run: async ({ text, on, words }) => {
      const files = { profile: text['profile'] ?? '', input: words[0] ?? '', rejects: text['rejects'] }
      const report = await withDatabase((url) =>
        replayFile(url, files, ({ at, happened, of }) => progress(`${at.slice(0, 10)}  ${happened} / ${of}`)),
      )
      endProgress()
      for (const line of takenLines(report)) console.log(line)
      for (const { line, ours, theirs } of report.disagreements.slice(0, 20)) console.log(`第 ${line} 行 line ${line}: ${ours}, ${theirs}`)
      const { rows, accepted, rejected, verdicts, agree, moves, held, seconds } = report
      console.log(`判定 ${verdicts} 件，一致 ${agree} 件。 ${agree} of ${verdicts} verdicts agree.`)
      if (on['json']) console.log(JSON.stringify({ rows, accepted, rejected, verdicts, agree, moves, held, seconds }))
      return 0
    },
  },
  {
    name: 'rehearse',
    usage: '--profile P file.csv [--json] [--sample 50 --seed 1 --out file.csv]',
    summary: {
      zh: '试运行：按受理的办法准备一份记录，统计定位、事项、重复与转人工，不写入任何内容',
      en: 'Prepares a record as intake would and counts what is located, matched, repeated or for a person; writes nothing',
    },
    options: {
      profile: profileOption,
      rejects: rejectsOption,
      json: jsonOption,
      sample: { type: 'string', summary: { zh: '每种结果抽取多少行', en: 'how many rows of each outcome to draw' } },
      seed: {
        type: 'string',
        summary: { zh: '抽样的种子（整数），相同的种子抽到相同的行', en: 'seed of the draw (an integer); the same seed draws the same rows' },
      },
      out: { type: 'string', summary: { zh: '抽样写到哪个文件', en: 'where the drawn rows go' } },
    },
    words: oneFile,
    run: ({ text, on, words }) => runRehearsal(text, words[0] ?? '', on['json'] === true),
  },
  {
    name: 'verify',
    usage: '[anchor …] [--json]',
    summary: {
      zh: '重新计算封存链，指出第一处被改动的记录；与此前记下的锚点（区代码:封存序号:链值）比对',
      en: 'Recomputes the seals and names the first row that was changed; compares with anchors (district:seal:chain) noted earlier',
    },
    options: { json: jsonOption },
    words: { atLeast: 0, atMost: 1000 },
    run: ({ on, words }) => {
      const anchors = words.map((word) => readAnchor(word) ?? word)
      const wrong = anchors.find((anchor) => typeof anchor === 'string')
      if (wrong !== undefined) throw refuse.badAnchor({ anchor: wrong })
      return withDatabase((url) => verifyAll(url, on['json'] === true, anchors as Anchor[]))
    },
  },
  {
    name: 'doctor',
    usage: '',
    summary: { zh: '检查运行环境并给出修复办法', en: 'Looks at what the product needs and says the fix' },
    options: {},
    words: { atLeast: 0, atMost: 0 },
    run: () => doctor(),
  },
]

async function runRehearsal(text: Readonly<Record<string, string | undefined>>, input: string, json: boolean): Promise<number> {
  const out = text['out']
  const sample = out === undefined ? undefined : { out, size: Number(text['sample'] ?? 50), seed: Number(text['seed'] ?? 1) }
  const files = { profile: text['profile'] ?? '', input, rejects: text['rejects'], sample }
  const found = await withDatabase((url) => rehearseFile(url, files, (rows) => progress(`${rows} 行 rows`)))
  endProgress()
  const { sample: _drawn, rejectsPath: _path, reasons: _reasons, matters, toPerson, ...counted } = found
  const share = (rows: number): string => `${rows}（${found.rows === 0 ? 0 : Math.round((rows / found.rows) * 100)}%）`
  for (const line of takenLines({ ...found, accepted: found.rows - found.rejected })) console.log(line)
  console.log(
    `定位 located ${share(counted.located)}，事项 matched ${share(counted.matched)}，疑似重复 likely duplicates ${share(counted.duplicate)}`,
  )
  console.log(`按规则派遣 dispatched by rule ${share(counted.byRule)}`)
  for (const [reason, rows] of Object.entries(toPerson))
    console.log(`转人工 to a person: ${triageNames[reason as TriageReason].zh} ${reason} ${share(rows)}`)
  for (const { name, rows } of matters) console.log(`  ${String(rows).padStart(5)}  ${name}`)
  if (json) console.log(JSON.stringify({ ...counted, toPerson, matters }))
  return 0
}

/** Verifies every district. Ends with 1 when anything is wrong, also an anchor of a district that is not there. */
async function verifyAll(databaseUrl: string, json: boolean, anchors: readonly Anchor[]): Promise<number> {
  const database = openDatabase(databaseUrl)
  try {
    const districts = await knownDistricts(database)
    // Events that no running product has numbered yet are numbered first, so that none is passed over; sealing them is not this command's business.
    const round = { database, logger: createLogger({ level: 'warn' }), districts: () => Promise.resolve(districts) }
    while ((await sequence(round)) > 0);
    const verdicts = await verify(database, districts, anchors)
    const strays = anchors.filter(({ districtCode }) => !verdicts.some((verdict) => verdict.districtCode === districtCode))
    for (const anchor of strays) console.log(`✗ ${anchorText(anchor)}: 没有这个区 no such district`)
    for (const { districtCode, seals, sealed, unsealed, chain, fault } of verdicts) {
      const counted = `${sealed} 条已封存 sealed, ${seals} 个封存 seals, ${unsealed} 条尚未封存 not sealed yet`
      const lines = [`${fault ? '✗' : '✓'} ${districtCode}: ${counted}`]
      if (fault) lines.push(`  ${faultSentence(fault, 'zh')}`, `  ${faultSentence(fault, 'en')}`)
      if (seals > 0) lines.push(`  锚点 anchor ${anchorText({ districtCode, seal: seals, chain })}`)
      console.log(lines.join('\n'))
    }
    if (json) console.log(JSON.stringify(verdicts))
    return strays.length > 0 || verdicts.some(({ fault }) => fault !== null) ? 1 : 0
  } finally {
    await database.close()
  }
}

const everyMs = 5000
let toldAt = 0

// One line that moves on a terminal; in a log file a line every few seconds.
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}   `)
  else if (performance.now() - toldAt > everyMs) {
    toldAt = performance.now()
    process.stderr.write(`${text}\n`)
  }
}

function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\n')
}
