import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import { chromium, type Browser, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { checkout } from '#platform/database/folders.ts'
import { preparedDatabase, testDataHome } from '#platform/database/testing.ts'
import { demonstrationPassword } from '#seed/people.ts'
import { startProcess } from '../processes/testing-server.ts'
import { startSteered } from '../processes/testing-steered.ts'
import { readText, repositoryFiles } from '../tools/repository.ts'

export const desk = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

/** The whole product with the demonstration city, and a browser to live in it. */
export interface Stage {
  readonly origin: string
  /** A new person at a device: no cookie, Chinese, in the city's zone. */
  someone(viewport: { width: number; height: number }): Promise<Page>
  /** Somebody who signed in; `app` is `desk` or `field`. */
  signedIn(login: string, app: 'desk' | 'field', viewport: { width: number; height: number }): Promise<Page>
  close(): Promise<void>
}

/** What the console of any page said that it should not have; asked at the end of a story. */
const complaints: string[] = []
/** What a story breaks on purpose, and a console then rightly says. */
const forgiven: RegExp[] = []
export const breaks = (said: RegExp): void => void forgiven.push(said)

/** A stage whose business time a story moves on. */
export interface SteeredStage extends Stage {
  /** Lets minutes pass. Sessions end after half an hour without a request, so longer times pass in parts. */
  later(minutes: number): void
}

/** The demonstration city on the machine's own clock, in a process of its own. `prepare` adds to the database before the server starts. */
export async function openStage(prepare: (url: string) => Promise<unknown> = async () => undefined): Promise<Stage> {
  const start = async (url: string) => {
    await prepare(url)
    return startProcess(url)
  }
  return staged(start, (stage) => stage)
}

/** The same on a clock that the story moves on: limits of hours are lived through as they are shipped. */
export async function openSteeredStage(): Promise<SteeredStage> {
  return staged(startSteered, (stage, { later }) => ({ ...stage, later }))
}

async function staged<S extends { readonly origin: string; stop(): Promise<void> }, T extends Stage>(
  start: (url: string) => Promise<S>,
  as: (stage: Stage, server: S) => T,
): Promise<T> {
  process.env['HUYING_KEY'] = '07'.repeat(32)
  // A story before this one, in the same process, has asked for its own already.
  complaints.length = 0
  forgiven.length = 0
  const { loadDemonstrationCity } = await import('#seed/load.ts')
  const db = await preparedDatabase('demonstration', (url) => loadDemonstrationCity(url, { cases: 600, filesAt: join(testDataHome(), 'files') }))
  const server = await start(db.url)
  const browser = await startBrowser()
  const someone = async (viewport: { width: number; height: number }): Promise<Page> => {
    const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    // A refusal is an answer, and a line that a story cuts is cut; what the page then shows is the story's business. Faults of scripts and of the content policy are not.
    page.on(
      'console',
      (message) => message.type() === 'error' && !/status of 4\d\d|ERR_INTERNET_DISCONNECTED/.test(message.text()) && complaints.push(message.text()),
    )
    return page
  }
  const stage: Stage = {
    origin: server.origin,
    someone,
    signedIn: async (login, app, viewport) => {
      // By the screen's own call and without the screen, which a hundred times over would take a minute; journeys/access.test.ts signs in by hand.
      const page = await someone(viewport)
      const reply = await page.request.post(`${server.origin}/api/session`, { data: { login, password: demonstrationPassword } })
      expect(reply.ok(), await reply.text()).toBe(true)
      await page.goto(`${server.origin}/${app}/`)
      await page.locator('main').waitFor()
      return page
    },
    close: async () => {
      await browser.close()
      await server.stop()
      await db.close()
      expect(complaints.filter((one) => !forgiven.some((said) => said.test(one)))).toEqual([])
    },
  }
  return as(stage, server)
}

function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** Violations of WCAG 2.2 A and AA that axe finds on the page as it stands, each with the elements concerned. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Evaluated and not added as a script: the pages' content policy allows no script but our own files.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source)
  const found: unknown =
    await page.evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.target.join(' ')).join(', ')))`)
  return found as string[]
}

/**
 * Keeps a picture of the page where HUYING_PICTURES asks for it: with `docs` (`npm run pictures`) those that the documents show, with anything
 * else all of them, in a temporary folder for a look at a story.
 */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env['HUYING_PICTURES']) return
  const isKept =
    process.env['HUYING_PICTURES'] === 'docs' && repositoryFiles('*.md').some((path) => readText(path).includes(`screenshots/${name}.png`))
  const folder = isKept ? join(checkout, 'docs', 'screenshots') : join(tmpdir(), 'huying-pictures')
  await mkdir(folder, { recursive: true })
  // Maps draw after the page is there; a story need not wait for them, a picture for a reader does.
  if (isKept) await page.waitForTimeout(3000)
  const take = () => page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
  // A browser that is busy sometimes cannot; what a story asserts does not hang on its pictures.
  await take().catch(take)
}
