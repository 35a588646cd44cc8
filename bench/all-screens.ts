import { loadavg } from 'node:os'
import { layCases, layGround, type CitySize } from './big-city.ts'
import { measureFigures } from './figures-screens.ts'
import { rounded, type Figures } from './figures.ts'
import type { Ground } from './ground.ts'
import { measureMap } from './map-screens.ts'
import { measureDesk } from './screens.ts'
import { onStage } from './stage.ts'

export interface ScreenPlan {
  readonly rounds: number
  readonly size: CitySize
}

type Found = Readonly<Record<string, Figures | undefined>>

/**
 * The figures, the desk and the map at the size that they are promised for, told as they are measured; the figures with a tenth of the cases first, so
 * that what ten times as many cost is said.
 */
export async function measureScreens(ground: Ground, { rounds, size }: ScreenPlan, tell: (found: Found) => void): Promise<void> {
  const base = await ground.empty('ground')
  await layGround(base)
  const small = await layCases(await ground.copy('tenth', 'ground'), tenthOf(size))
  const port = 46_000 + (process.pid % 12_000)
  const before = await onStage({ url: small, port, size: tenthOf(size), rounds }, measureFigures)
  const url = await layCases(await ground.copy('whole_size', 'ground'), size)
  console.log(`load ${loadavg()[0]?.toFixed(1)}`)
  await onStage({ url, port: port + 1, size, rounds }, async (stage) => {
    const after = await measureFigures(stage)
    tell({ ...after, figuresGrowth: growth(before.figures, after.figures), cockpitGrowth: growth(before.cockpit, after.cockpit) })
    tell(await measureDesk(stage))
    tell(await measureMap(stage))
  })
}

const tenthOf = ({ total, open, queue }: CitySize): CitySize => ({ total: total / 10, open: open / 10, queue: queue / 10 })

/** The rate with ten times the cases over the rate before. */
const growth = (before: Figures, after: Figures): Figures => ({ ...after, floor: before.rate, ratio: rounded(after.rate / before.rate) })
