/** Every page of the three faces and how a story gets there. The routers are read as text: a page that they know and this list does not fails a test. */
import { repositoryFiles, readText } from '../tools/repository.ts'

export interface Place {
  readonly face: 'desk' | 'field' | 'portal'
  /** Name of the route; of a portal's page its path. */
  readonly name: string
  readonly login: string
  readonly path: string
  /** What opens a dialog there, where the page has one of its own. */
  readonly opener?: string
}

const desk = (name: string, path: string, login: string, opener?: string): Place => ({
  face: 'desk',
  name,
  path: `/desk${path}`,
  login,
  ...(opener ? { opener } : {}),
})
const field = (name: string, path: string, opener?: string): Place => ({
  face: 'field',
  name,
  path: `/field${path}`,
  login: 'grid1',
  ...(opener ? { opener } : {}),
})

/** `open` and `mine` are the addresses of a case that a dispatcher, and a grid worker, may see; `matter` of a matter. */
export function placesOf(at: { readonly open: string; readonly mine: string; readonly matter: string }): Place[] {
  return [
    desk('desk', '/?view=open', 'dispatcher1', '.views-keep'),
    desk('case', `/case/${at.open}`, 'dispatcher1', 'button[data-move]'),
    desk('map', '/map', 'dispatcher1'),
    desk('whistles', '/whistles', 'dispatcher1'),
    desk('report', '/report', 'dispatcher1'),
    desk('figures', '/figures', 'leader2'),
    desk('cockpit', '/cockpit', 'leader2', 'main button:text("设定目标")'),
    desk('briefing', '/briefing', 'leader2'),
    desk('insight', '/insight?rows=street', 'leader2'),
    desk('tally', '/tally/reported', 'leader2'),
    desk('wall', '/wall/all', 'leader2'),
    desk('oneWall', '/wall/areas', 'leader2'),
    desk('screens', '/screens', 'leader2', '.screens-head button'),
    desk('supervise', '/supervise', 'supervisor1'),
    desk('callBacks', '/call-backs', 'supervisor1', '[data-publish]'),
    desk('requests', '/requests', 'supervisor1'),
    desk('catalogue', '/catalogue', 'sysadmin'),
    desk('newMatter', '/catalogue/new', 'sysadmin'),
    desk('matter', `/catalogue/${at.matter}`, 'sysadmin'),
    desk('rules', '/rules', 'sysadmin', 'main .card section button'),
    desk('duties', '/duties', 'sysadmin'),
    desk('grids', '/grids', 'sysadmin'),
    desk('baseMap', '/base-map', 'sysadmin'),
    desk('people', '/people', 'sysadmin', '.people-head .button[data-kind=primary]'),
    desk('audit', '/audit', 'auditadmin'),
    field('today', '/'),
    field('case', `/case/${at.mine}`),
    field('report', '/report'),
    field('map', '/map'),
    field('me', '/me', '.me-page > .button >> nth=0'),
  ]
}

/** Names of the routes that a face's router has, without those that only lead elsewhere. */
export function routeNames(face: 'command' | 'field'): string[] {
  const routes = readText(`web/${face}/router.ts`)
  const found = [...routes.matchAll(/\{ path: '[^']*', name: '(\w+)'/g)].map(([, name = '']) => name)
  // Each row that is no redirect must have been understood.
  if (found.length !== (routes.match(/^ +\{ path: /gm)?.length ?? 0) - (routes.match(/redirect: /g)?.length ?? 0))
    throw new Error(`a route of ${face} has no name`)
  return found
}

/** Addresses at which the portal answers with a page. */
export function portalPaths(): string[] {
  const sources = repositoryFiles('*.ts').filter((path) => path.startsWith('web/resident/') && !path.endsWith('.test.ts'))
  const text = sources.map(readText).join('\n')
  const questions = [...(/pathOf[^=]*= \{([^}]*)\}/.exec(text)?.[1] ?? '').matchAll(/'(\/[^']*)'/g)].map(([, path = '']) => path)
  const others = [...text.matchAll(/portal\.get\('([^']+)'/g)].map(([, path = '']) => path)
  return [...others, ...questions]
}
