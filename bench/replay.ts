import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { replayFile } from '#processes/recorded/replay.ts'
import { cpuOfThisProcess, figuresOf, type Figures } from './figures.ts'

const shipped = fileURLToPath(new URL('../seed/boston/', import.meta.url))

/** Rows a second of a replay of the recorded sample, its database made and dropped again; undefined where the sample is not there. */
export async function measureReplay(url: string, folder: string): Promise<Figures | undefined> {
  const [profile, input] = [join(shipped, 'profile.json'), join(shipped, 'sample.csv')]
  if (!existsSync(profile) || !existsSync(input)) return undefined
  const cpuBefore = cpuOfThisProcess()
  const begun = performance.now()
  const { rows, verdicts, agree } = await replayFile(url, { profile, input, rejects: join(folder, 'rejects.csv') }, () => undefined)
  if (verdicts !== agree) throw new Error(`The replay agrees on ${agree} of ${verdicts} verdicts.`)
  return figuresOf([{ items: rows, seconds: (performance.now() - begun) / 1000, times: [], cpu: cpuOfThisProcess() - cpuBefore, floor: null }])
}
