/** Criteria of accessibility, asked of every page of all three faces in every state and look. The number is the criterion's in the design of the screens. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desk, openStage, phone, violationsOf, type Stage } from './browser.ts'
import { placesOf, portalPaths, routeNames, type Place } from './places.ts'
import { follow, goOn, sendReport } from './portal.ts'
import { inAllLooks, nothing, portalPage, prepare, tour } from './tour.ts'
import { motion, sideways, tabWalk, unmarked, unnamed } from './walk.ts'

let stage: Stage
let places: Place[] = []
const found = nothing()
const walked = new Set<string>()

beforeAll(async () => {
  stage = await openStage()
  places = placesOf(await someSubjects())
})
afterAll(() => stage.close())

async function someSubjects(): Promise<{ open: string; mine: string; matter: string }> {
  const first = async (login: string, face: 'desk' | 'field', path: string): Promise<Record<string, string>> => {
    const page = await stage.signedIn(login, face, face === 'desk' ? desk : phone)
    const { items } = (await (await page.request.get(`${stage.origin}/api/${path}`)).json()) as { items: Record<string, string>[] }
    await page.context().close()
    return items[0] ?? {}
  }
  const caseOf = ({ districtCode, id }: Record<string, string>): string => `${districtCode}/${id}`
  return {
    open: caseOf(await first('dispatcher1', 'desk', 'cases?view=triage')),
    mine: caseOf(await first('grid1', 'field', 'cases?view=open')),
    matter: (await first('sysadmin', 'desk', 'catalogue/matters'))['matterId'] ?? '',
  }
}

const told = '小区门口的垃圾好几天没人清理，一地都是，气味很大'

/** A resident on every page of the portal, from the first to the page of the case, and where things go wrong. */
async function portalTour(): Promise<void> {
  const page = await stage.someone(phone)
  await prepare(page)
  const look = async (name = new URL(page.url()).pathname): Promise<void> => {
    walked.add(name)
    await portalPage(page, name, found)
  }
  for (const path of ['/', '/settings', '/track', '/report']) {
    await page.goto(`${stage.origin}${path}`)
    await look()
  }
  await goOn(page)
  await look('/report with an error')
  // Somebody has told of the same, so that the page that asks about it comes.
  const data = { commandId: crypto.randomUUID(), text: told, areaCode: '990101001001' }
  await page.request.post(`${stage.origin}/api/public/cases`, { data })
  const { code } = await sendReport(page, stage.origin, { text: told, areaCode: data.areaCode }, () => look())
  await follow(page, stage.origin, code)
  await look('the case')
  await page.goto(`${stage.origin}/nowhere`)
  await look('/nowhere')
  await page.context().close()
}

test(
  '39. no WCAG 2.2 AA violation that axe finds on any page, as it comes, empty, failed and with its dialog, in light, dark, high contrast and the elder view',
  { timeout: 400_000 },
  async () => {
    for (const [router, face] of [
      ['command', 'desk'],
      ['field', 'field'],
    ] as const)
      expect(
        places
          .filter((one) => one.face === face)
          .map(({ name }) => name)
          .toSorted(),
        face,
      ).toEqual(routeNames(router).toSorted())
    for (const login of new Set(places.map((one) => one.login)))
      await tour(
        stage,
        login,
        places.filter((one) => one.login === login),
        found,
      )
    await portalTour()
    // One address only begins a report anew and leads to the first page.
    expect(portalPaths().filter((path) => !walked.has(path))).toEqual(['/report/new'])
    const stranger = await stage.someone(desk)
    await prepare(stranger)
    for (const face of ['desk', 'field']) {
      await stranger.goto(`${stage.origin}/${face}/`)
      await stranger.getByRole('button', { name: '登录' }).waitFor()
      found.axe.push(...(await inAllLooks(stranger, 'html')).map((line) => `sign-in at ${face}: ${line}`))
    }
    expect(found.axe).toEqual([])
    expect(found.blank).toEqual([])
  },
)

test('40. Tab walks every page forwards as the eye does, is never caught, never hidden under a bar, stays in a dialog and comes back from it', () => {
  expect([...found.order, ...found.returns]).toEqual([])
})

test('41. every page reflows at 320 px, which is 1280 at 400 %, and wider spacing of text loses nothing', () => {
  expect([...found.reflow, ...found.spacing]).toEqual([])
})

test('42. nothing moves for whoever wants it still; what is chosen differs by more than a background in forced colours', () => {
  expect([...found.motion, ...found.forced]).toEqual([])
})

test('44. every chart has a table, every button a name, every picture its words, and the page says its language', async () => {
  expect([...found.names, ...found.language]).toEqual([])
  const page = await stage.someone(desk)
  await page.context().addCookies([{ name: 'lang', value: 'en', url: stage.origin }])
  for (const path of ['/', '/desk/', '/field/']) {
    await page.goto(`${stage.origin}${path}`)
    await page.locator('main').waitFor()
    expect(await page.locator('html').getAttribute('lang'), path).toBe('en')
  }
})

test('6. no page shifts while it comes', () => {
  expect(found.shift).toEqual([])
})

test('49. the content policy allows no script but our own files, on every page, and nothing on any page breaks it', async () => {
  expect(found.policy).toEqual([])
  const page = await stage.someone(desk)
  for (const path of [...places.map((one) => one.path), ...portalPaths()]) {
    const reply = await page.request.get(`${stage.origin}${path}`, { maxRedirects: 0 })
    const policy = Object.fromEntries(
      (reply.headers()['content-security-policy'] ?? '').split(';').map((one) => [one.split(' ')[0], one.split(' ').slice(1).join(' ')]),
    )
    expect(policy['script-src'], path).toBe("'self'")
    expect(policy['worker-src'], path).toBe("'self'")
    expect(policy['object-src'], path).toBe("'none'")
    expect(policy['default-src'], path).toBe("'self'")
    expect(`${policy['style-src']} ${policy['script-src-elem'] ?? ''} ${policy['script-src-attr'] ?? ''}`, path).not.toMatch(/unsafe|eval|blob|\*/)
  }
})

/** A page with one fault of each kind, and none of them may go unseen. */
async function planted(): Promise<Page> {
  const page = await stage.someone(phone)
  await prepare(page)
  await page.goto(`${stage.origin}/track`)
  await page.evaluate(`{
    const style = new CSSStyleSheet()
    style.replaceSync(\`.faint { color: #999; background: #aaa } .moves { animation: pulse 2s infinite !important; animation-duration: 2s !important }
      .wide { width: 900px; height: 10px } .over { position: fixed; inset: auto 0 0; height: 40vh; background: #fff; z-index: 99 }
      .pick { background: #fff; border: 0 } .pick[aria-pressed=true] { background: #000 } @media (forced-colors: active) { .pick.pick { border: 0 } }
      .row-of { display: flex; flex-direction: row-reverse }\`)
    document.adoptedStyleSheets.push(style)
    document.querySelector('main').insertAdjacentHTML('beforeend', '<p class="faint">faint words</p><button class="bare"></button><p class="moves">moves</p><p class="wide"><a href="/x">wide</a></p>' +
      '<p class="row-of"><button>one</button><button>two</button></p><svg width="200" height="40"><rect width="9" height="9"/></svg><button class="pick" aria-pressed="true">a</button><button class="pick">b</button>')
    document.body.insertAdjacentHTML('beforeend', '<div class="over"></div>')
  }`)
  return page
}

test('the measures of these criteria see what is planted', async () => {
  const page = await planted()
  const axe = (await inAllLooks(page, 'main')).join()
  for (const rule of ['color-contrast', 'button-name']) expect(axe).toContain(rule)
  const walk = (await tabWalk(page)).join()
  expect(walk).toContain('back: button one → button two')
  expect(walk).toContain('covered: ')
  expect((await unnamed(page)).join()).toMatch(/no name: .*drawing without words/)
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' })
  expect((await motion(page)).join()).toContain('p.moves')
  expect((await unmarked(page)).join()).toContain('aria-pressed')
  await page.setViewportSize({ width: 320, height: 256 })
  expect((await sideways(page)).join()).toContain('the page')
  await page.context().close()
})

test('33. a report without words says so at the field, on top and in the title, and keeps what was typed, without JavaScript', async () => {
  const page = await stage.someone(phone)
  await page.route('**/*.js?*', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
  await page.goto(`${stage.origin}/report`)
  await page.locator('textarea[name="text"]').fill('灯')
  await goOn(page)
  expect(await page.title()).toMatch(/^错误/)
  expect(await page.locator('textarea[name="text"]').inputValue()).toBe('灯')
  await page.locator('a[href="#text"]').waitFor()
  await page.locator('textarea[name="text"]').fill('示例路口的灯坏了')
  await goOn(page)
  await goOn(page)
  expect(await page.title()).toMatch(/^错误/)
  await page.locator('a[href="#address"]').waitFor()
  await page.getByRole('link', { name: '上一步' }).click()
  expect(await page.locator('textarea[name="text"]').inputValue()).toBe('示例路口的灯坏了')
})

test('40. a figure opens as many cases as it says, and gives the keyboard back to its number', async () => {
  const page = await stage.signedIn('leader2', 'desk', phone)
  await page.getByRole('button', { name: '页面' }).click()
  await page.getByRole('menuitem', { name: '指标' }).click()
  const part = page.locator('[data-figure="dispose_ontime"] button').first()
  const said = Number(/\d+/.exec(await part.innerText())?.[0])
  expect(said).toBeGreaterThan(0)
  await part.click()
  await page.getByText(`共 ${said} 件`).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: '关闭' }).click()
  await page.locator('[data-figure="dispose_ontime"] button:focus').waitFor()
})

test('an administrator’s desk without cases says so in its heading and leads to the administrators’ pages', async () => {
  const page = await stage.signedIn('sysadmin', 'desk', desk)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('main').getByRole('link', { name: '组织与岗位' }).waitFor()
  expect(await violationsOf(page)).toEqual([])
})
