import { GRID, HOME, type Teller } from './teller.ts'

/** Work that rules alone would not bring: a dispatcher's own choice, a delegated matter, and a clock that is nearly run out. */
export async function liveWork(teller: Teller): Promise<void> {
  const dispatcher = teller.cast.inRole('dispatcher', HOME, 0)
  const office = [...teller.cases.rules().directory.organisations.values()].find(
    ({ areaCode, functionCode }) => areaCode === GRID.slice(0, 9) && functionCode === 'public_order',
  )
  await teller.report('to an office', { about: '06028.3', minutesAgo: 45, to: { by: dispatcher, organisationId: office?.id ?? '' } })
  await teller.report('delegated', { about: '06029.1', minutesAgo: 25 })
  await teller.report('nearly late', { about: '06992.1', minutesAgo: 7 * 60 })
  await teller.move('nearly late', 6.8 * 60, teller.holderOf('nearly late'), { move: 'contact', note: '抢修班已到场，正在排查（示例）' })
}
