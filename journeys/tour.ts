/** One walk through every page of the desk and the phone, in every state and every look; the criteria then ask what it found. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { answer, settled, steerAnswers } from './answers.ts'
import { desk, phone, type Stage } from './browser.ts'
import { hiddenText } from './faces.ts'
import type { Place } from './places.ts'
import { motion, sideways, tabWalk, unmarked, unnamed } from './walk.ts'

/** What was found, by criterion; each line says where. */
export type Found = Record<
  'axe' | 'order' | 'returns' | 'reflow' | 'spacing' | 'motion' | 'forced' | 'names' | 'language' | 'shift' | 'policy' | 'blank',
  string[]
>
export const nothing = (): Found => ({
  axe: [],
  order: [],
  returns: [],
  reflow: [],
  spacing: [],
  motion: [],
  forced: [],
  names: [],
  language: [],
  shift: [],
  policy: [],
  blank: [],
})

export const looks = [
  ['light', 'standard'],
  ['dark', 'standard'],
  ['contrast', 'standard'],
  ['light', 'elder'],
] as const

/** A page whose breaches of the content policy, shifts and answers can be read afterwards. */
export async function prepare(page: Page): Promise<void> {
  await steerAnswers(page)
  await page.addInitScript(axe.source)
  // Row after row is alike: a dozen says what a hundred would.
  await page.addInitScript(`{
    window.mostRows = 12
    window.shift = 0
    window.breaches = []
    window.moved = []
    new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) { window.shift += one.value; if (one.value > 0.005) window.moved.push(one.value.toFixed(3) + ' ' + one.sources.map((s) => (s.node?.className || s.node?.nodeName) + ' ' + Math.round(s.previousRect.y) + '→' + Math.round(s.currentRect.y) ).join(', ')) } }).observe({ type: 'layout-shift', buffered: true })
    addEventListener('securitypolicyviolation', (event) => window.breaches.push(event.violatedDirective + ' ' + event.blockedURI))
    const made = window.Worker
    window.Worker = class extends made { constructor(address, ...more) { if (String(address).startsWith('blob:')) window.breaches.push('blob worker'); super(address, ...more) } }
  }`)
}

/**
 * Violations of WCAG 2.2 A and AA in all four looks. What colours cannot change is asked in the first look, and of whole pages in the elder look
 * too, where the layout is another. `part` is what this state has of its own: the frame around it was asked with the loaded page.
 */
export async function inAllLooks(page: Page, part: 'html' | 'main' | '[role=dialog]'): Promise<string[]> {
  return page.evaluate(`(async () => {
    const root = document.documentElement
    const was = { theme: root.dataset.theme, size: root.dataset.size }
    const found = []
    for (const [theme, size] of ${JSON.stringify(looks)}) {
      root.dataset.theme = theme
      root.dataset.size = size
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      const whole = theme === 'light' && (size === 'standard' || '${part}' === 'html')
      const { violations } = await axe.run('${part}', {
        runOnly: whole ? { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } : { type: 'rule', values: ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'] },
        resultTypes: ['violations'],
      })
      for (const { id, nodes } of violations) found.push(theme + ' ' + size + ' ' + id + ': ' + nodes.slice(0, 4).map((node) => node.target.join(' ')).join(', '))
    }
    Object.assign(root.dataset, was)
    return found
  })()`)
}

const where =
  (place: Place, state: string) =>
  (line: string): string =>
    `${place.face} ${place.name} (${state}): ${line}`

async function open(page: Page, origin: string, { path }: Place): Promise<void> {
  await page.goto(`${origin}${path}`)
  await settled(page)
}

/** A page that says nothing at all has no designed state. */
async function saysNothing(page: Page): Promise<string[]> {
  const words = await page.evaluate<string>('document.querySelector("main").innerText.trim()')
  return words.length < 4 ? [`says only “${words}”`] : []
}

async function inState(page: Page, origin: string, place: Place, how: 'empty' | 'our own failure', found: Found): Promise<void> {
  await answer(page, how)
  await open(page, origin, place)
  // A page of figures or of choices has no rows to lack: it is as it was.
  const isOther = how !== 'empty' || (await page.evaluate<boolean>('window.emptied === true'))
  if (isOther) found.axe.push(...(await inAllLooks(page, 'main')).map(where(place, how)))
  found.blank.push(...(await saysNothing(page)).map(where(place, how)))
  await answer(page, 'as it comes')
}

/** Opens the page's own dialog by keyboard, or the desk's help where it has none, and closes it: the keyboard is back where it was. */
async function withDialog(page: Page, place: Place, found: Found): Promise<void> {
  const selector = place.opener ?? (place.face === 'desk' ? '.bar-keys' : undefined)
  const opener = selector ? page.locator(selector).first() : undefined
  if (!opener || (await opener.count()) === 0) {
    if (place.opener) found.returns.push(where(place, 'dialog')('no opener'))
    return
  }
  await opener.focus()
  await page.evaluate('window.opener = document.activeElement')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').first().waitFor()
  await settled(page)
  found.axe.push(...(await inAllLooks(page, '[role=dialog]')).map(where(place, 'dialog')))
  found.order.push(...(await tabbedInside(page)).map(where(place, 'dialog')))
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').first().waitFor({ state: 'detached' })
  // Given back a moment after the dialog has gone.
  const isBack = await page.evaluate<boolean>('new Promise((done) => setTimeout(() => done(document.activeElement === window.opener), 100))')
  if (!isBack)
    found.returns.push(where(place, 'dialog')(`focus went to ${await page.evaluate<string>('document.activeElement.outerHTML.slice(0, 80)')}`))
}

/** Whatever Tab reaches while a dialog is open lies inside it. */
async function tabbedInside(page: Page): Promise<string[]> {
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('Tab')
  const isInside = await page.evaluate<boolean>('Boolean(document.activeElement.closest("[role=dialog]"))')
  return isInside ? [] : ['the keyboard left the dialog']
}

/** Everything that is asked of a page as it stands, but its dialogs and its width. */
async function standing(page: Page, place: Place, found: Found): Promise<void> {
  const shift = await page.evaluate<number>('window.shift')
  if (shift > 0.05) found.shift.push(where(place, 'loaded')(`${shift.toFixed(3)} ${await page.evaluate<string>('window.moved.join(" | ")')}`))
  found.axe.push(...(await inAllLooks(page, 'html')).map(where(place, 'loaded')))
  found.names.push(...(await unnamed(page)).map(where(place, 'loaded')))
  const language = await page.evaluate<string>('document.documentElement.lang')
  if (language !== 'zh-CN') found.language.push(where(place, 'loaded')(language))
  // A wall has nothing to press; nobody stands there.
  if (!/^(wall|oneWall)$/.test(place.name)) found.order.push(...(await tabWalk(page)).map(where(place, 'loaded')))
}

/** What is left of it for a reader who wants nothing to move and has colours of their own. */
async function still(page: Page, place: Place, found: Found): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' })
  found.motion.push(...(await motion(page)).map(where(place, 'loaded')))
  found.forced.push(...(await unmarked(page)).map(where(place, 'loaded')))
  await page.emulateMedia({ reducedMotion: null, forcedColors: null })
}

/** 320 px wide and as high as 1280 × 1024 at 400 %. */
async function narrowed(page: Page, place: Place, found: Found): Promise<void> {
  const was = page.viewportSize() ?? desk
  // A wall is read on a wall.
  if (/^(wall|oneWall)$/.test(place.name)) return
  await page.setViewportSize({ width: 320, height: 256 })
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  found.reflow.push(...(await sideways(page)).map(where(place, '320')))
  found.spacing.push(...(await hiddenText(page)).map(where(place, '320')))
  await page.setViewportSize(was)
}

/** A page of the portal as it stands now; the places of its form are the browser's to open. */
export async function portalPage(page: Page, path: string, found: Found): Promise<void> {
  const place: Place = { face: 'portal', name: path, login: '', path }
  await settled(page)
  await standing(page, place, found)
  await still(page, place, found)
  await narrowed(page, place, found)
  found.policy.push(...(await page.evaluate<string[]>('window.breaches')).map(where(place, 'loaded')))
}

/** Walks all places of one person. */
export async function tour(stage: Stage, login: string, places: readonly Place[], found: Found): Promise<void> {
  const face = places[0]?.face === 'field' ? 'field' : 'desk'
  const page = await stage.signedIn(login, face, face === 'field' ? phone : desk)
  await prepare(page)
  await page.reload()
  page.on('console', (message) => /Content Security Policy|Content-Security-Policy/i.test(message.text()) && found.policy.push(message.text()))
  for (const place of places) {
    await inState(page, stage.origin, place, 'our own failure', found)
    await inState(page, stage.origin, place, 'empty', found)
    await open(page, stage.origin, place)
    await standing(page, place, found)
    await withDialog(page, place, found)
    await still(page, place, found)
    await narrowed(page, place, found)
    const breaches = await page.evaluate<string[]>('window.breaches')
    found.policy.push(...breaches.map(where(place, 'all')))
  }
  await page.context().close()
}
