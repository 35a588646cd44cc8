/** How to ask the endpoints of the editor of grids, for the policy matrix. */
import { localDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { cityAreas } from './testing-city.ts'
import { door, get, post, type Ground, type Maker } from './testing-makers.ts'

const COMMUNITY = '990101001001'

/** The grids of a community as they are, under names of their own. */
function change({ clock }: Ground): object {
  const grids = cityAreas
    .filter(({ level, code }) => level === 'grid' && code.startsWith(COMMUNITY))
    .map(({ code, box: [west, south, east, north] }) => ({
      code,
      name: { zh: `示例${newId()}` },
      ring: [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    }))
  return { communityCode: COMMUNITY, validFrom: localDate(clock.now(), 'Asia/Shanghai'), grids, ended: [] }
}

/** By the id of the endpoint. */
export const mapMakers: Readonly<Record<string, Maker>> = {
  readPublicTile: door(() => get('/api/public/tiles/12/3430/1673')),
  checkGrids: door((ground) => post('/api/territory/grids/check', change(ground))),
  redrawGrids: door((ground) => post('/api/territory/grids', { ...change(ground), commandId: newId() })),
  previewGrids: door((ground) => {
    const { grids } = change(ground) as { grids: { code: string; ring: number[][] }[] }
    return post('/api/cases/grid-preview', { grids: grids.map(({ code, ring }) => ({ key: code, ring })) })
  }),
}
