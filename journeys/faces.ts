/** What criteria ask of every page: size of targets, reflow, spacing, motion. Each gives the elements at fault. */
import type { Page } from 'playwright-core'

/** Visible targets smaller than `least` pixels in either direction; links in running text are exempt (WCAG 2.5.8). */
export async function smallTargets(page: Page, least: number, selector: string): Promise<string[]> {
  return page.evaluate(
    `(() => {
      const seen = [...document.querySelectorAll(${JSON.stringify(selector)})].filter((e) => e.checkVisibility({ opacityProperty: true }) && !e.closest('.unseen, .skip') && !e.classList.contains('unseen'))
      const inText = (e) => e.tagName === 'A' && getComputedStyle(e).display === 'inline'
      return seen.filter((e) => !inText(e)).map((e) => ({ e, box: (e.closest('label') ?? e).getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && (box.height < ${least - 0.5} || box.width < ${least - 0.5}))
        .map(({ e, box }) => e.tagName + '.' + e.className + ' ' + (e.textContent ?? '').trim().slice(0, 20) + ' ' + Math.round(box.width) + 'x' + Math.round(box.height))
    })()`,
  )
}

/** True when the page scrolls sideways. */
export async function twoWayScroll(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth + 1')
}

/** Text that is cut off once lines, letters and words stand as far apart as WCAG 1.4.12 allows readers to set them. */
export async function hiddenText(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const style = new CSSStyleSheet()
    style.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }')
    document.adoptedStyleSheets.push(style)
    const cut = [...document.querySelectorAll('main *, header *, nav *, footer *')].filter((e) => {
      const { overflowX, overflowY } = getComputedStyle(e)
      const clips = [overflowX, overflowY].some((one) => one === 'hidden' || one === 'clip')
      // Of a row of the queue the beginnings are shown; it opens into the whole.
      return clips && e.clientWidth > 2 && !e.closest('.unseen, .map, svg, [role=grid]') && !e.classList.contains('unseen') && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
    }).map((e) => e.tagName + '.' + e.className)
    const wide = document.documentElement.scrollWidth > innerWidth + 1 ? ['the page scrolls sideways'] : []
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== style)
    return [...cut, ...wide]
  })()`)
}

/** Animations and transitions that last longer than a tenth of a second although the reader wants none. */
export async function faultsOfMotion(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('*')].map((e) => ({ e, s: getComputedStyle(e) }))
    .filter(({ s }) => [...s.animationDuration.split(','), ...s.transitionDuration.split(',')].some((one) => parseFloat(one) * (one.trim().endsWith('ms') ? 1 : 1000) > 100))
    .map(({ e }) => e.tagName + '.' + e.className)`)
}

/** How much of the page moved under the reader since it was opened (Cumulative Layout Shift), without what followed a press. */
export async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(`new Promise((done) => {
    let sum = 0
    new PerformanceObserver((list) => list.getEntries().forEach((one) => !one.hadRecentInput && (sum += one.value))).observe({ type: 'layout-shift', buffered: true })
    setTimeout(() => done(sum), 400)
  })`)
}
