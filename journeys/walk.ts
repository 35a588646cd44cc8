/** What criteria ask of a page as it stands, asked from inside the page: order of the keyboard, reflow, names, charts, motion. Each gives the elements at fault. */
import type { Page } from 'playwright-core'

/** How an element is called in a finding. */
const naming = `const nameOf = (e) => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + (typeof e.className === 'string' && e.className ? '.' + e.className.trim().split(/\\s+/)[0] : '') +
  ' ' + (e.getAttribute('aria-label') || e.textContent || e.getAttribute('name') || '').trim().replace(/\\s+/g, ' ').slice(0, 24)`

/** Walks a page with Tab from its beginning to its end: forwards on the page as on the screen, never caught, and never wholly under something else. */
export async function tabWalk(page: Page, most = 70): Promise<string[]> {
  await page.evaluate(`(() => {
    ${naming}
    const found = new Set()
    const seen = []
    let before
    const boxOf = (e) => (e.closest('label') && e.getBoundingClientRect().width < 4 ? e.closest('label') : e).getBoundingClientRect()
    const isCovered = (e) => {
      const box = boxOf(e)
      if (box.width < 1 || box.height < 1 || e.closest('.unseen')) return false
      const at = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y])
      return !at.some(([x, y]) => {
        const hit = document.elementFromPoint(x, y)
        return hit && (e.contains(hit) || hit.contains(e) || e.closest('label')?.contains(hit))
      })
    }
    const goesBack = (a, b) => {
      const [one, two] = [boxOf(a), boxOf(b)]
      const isAbove = two.bottom <= one.top + 2 && two.left < one.right - 2
      const isLeft = two.right <= one.left + 2 && two.top < one.bottom - 2 && two.bottom > one.top + 2
      return isAbove || isLeft
    }
    const look = (event) => {
      if (event.key !== 'Tab') return
      const e = document.activeElement
      if (!e || e === document.body) return
      if (e === before) found.add('caught at ' + nameOf(e))
      if (isCovered(e)) found.add('covered: ' + nameOf(e))
      const bar = (x) => x.closest('header, nav, main, footer, [role=dialog]')
      if (before && before.isConnected && bar(before) === bar(e) && goesBack(before, e)) found.add('back: ' + nameOf(before) + ' → ' + nameOf(e))
      before = e
      seen.push(e)
    }
    addEventListener('keydown', look, true)
    document.activeElement?.blur?.()
    window.tabWalk = {
      ended: () => document.activeElement === document.body || seen.indexOf(document.activeElement) >= 0 && seen.length > 1,
      stop: () => (removeEventListener('keydown', look, true), { found: [...found], seen: seen.length }),
    }
  })()`)
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press('Tab')
    if (press > 2 && (await page.evaluate<boolean>('window.tabWalk.ended()'))) break
  }
  const { found, seen } = await page.evaluate<{ found: string[]; seen: number }>('window.tabWalk.stop()')
  return seen < 2 ? [...found, `only ${seen} stops`] : found
}

/** What scrolls sideways at this width although it is neither map, table nor chart; and the page itself. */
export async function sideways(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    ${naming}
    const page = document.documentElement.scrollWidth > innerWidth + 1 ? ['the page'] : []
    const inside = [...document.querySelectorAll('body *')].filter((e) => {
      const { overflowX, position } = getComputedStyle(e)
      // A strip of links on one line is read along its line.
      const isStrip = e.matches('nav') && e.scrollHeight <= e.clientHeight + 1
      return !isStrip && /auto|scroll/.test(overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && position !== 'fixed' &&
        !e.matches('table, .map, textarea, input, select') && !e.closest('.map') && !e.querySelector('table, [role=table], .chart')
    })
    const out = [...document.querySelectorAll('main :is(button, a, input, select, textarea, p, h1, h2, h3)')].filter((e) => {
      const box = e.getBoundingClientRect()
      return box.width > 1 && box.right > innerWidth + 1 && !e.closest('.unseen, table, [role=table], .map, .chart, nav') && e.checkVisibility()
    })
    return [...page, ...inside.map(nameOf), ...out.map((e) => 'sticks out: ' + nameOf(e))]
  })()`)
}

/** Animations and transitions longer than a tenth of a second, also of what stands before and after an element, where the reader wants none. */
export async function motion(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    ${naming}
    const ms = (one) => parseFloat(one) * (one.trim().endsWith('ms') ? 1 : 1000)
    return [...document.querySelectorAll('*')].filter((e) => [null, '::before', '::after'].some((part) => {
      const s = getComputedStyle(e, part)
      const lasts = (names, times) => names !== 'none' && times.split(',').some((one) => ms(one) > 100)
      return lasts(s.animationName, s.animationDuration) || lasts(s.transitionProperty, s.transitionDuration) || s.scrollBehavior === 'smooth'
    })).map(nameOf)
  })()`)
}

/** Charts without numbers in a table, pictures and drawings without words, buttons and links without a name. */
export async function unnamed(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    ${naming}
    const shown = (e) => e.checkVisibility()
    const words = (e) => (e.getAttribute('aria-label') || (e.getAttribute('aria-labelledby') && document.getElementById(e.getAttribute('aria-labelledby'))?.textContent) || e.innerText || e.querySelector('img[alt]:not([alt=""])')?.alt || e.value || '').trim()
    const buttons = [...document.querySelectorAll('button, a[href], [role=button], summary')].filter((e) => shown(e) && !words(e) && !(e.textContent ?? '').trim()).map((e) => 'no name: ' + nameOf(e))
    const pictures = [...document.images].filter((e) => !e.hasAttribute('alt')).map((e) => 'no alt: ' + e.src)
    const drawings = [...document.querySelectorAll('svg, canvas, [role=img]')].filter((e) => shown(e) && !e.closest('[aria-hidden=true]') && !e.closest('[role=img][aria-label], [role=application][aria-label]') && !e.getAttribute('aria-label')).map((e) => 'drawing without words: ' + nameOf(e))
    const charts = [...document.querySelectorAll('main svg, .chart')].filter((e) => shown(e) && !e.parentElement.closest('.chart, svg') && !e.matches('.icon, [class*=sign], [class*=icon], [class*=mark], .qr svg') && e.getBoundingClientRect().width > 48 && e.getBoundingClientRect().height > 6)
    const hasTable = (e) => {
      for (let at = e; at && at.tagName !== 'MAIN'; at = at.parentElement) if (at.querySelector('table, [aria-controls$=table]') || at.matches('table')) return true
      return Boolean(e.closest('main')?.querySelector('table'))
    }
    const bare = charts.filter((e) => !hasTable(e) && !e.closest('li, .clock-card, .clock-words')).map((e) => 'chart without table: ' + nameOf(e.parentElement))
    return [...buttons, ...pictures, ...drawings, ...bare]
  })()`)
}

/** States that only a background tells once the reader's own colours are on: the marked element must differ from its unmarked like by border, outline, weight, line or words. */
export async function unmarked(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    ${naming}
    const marks = ['aria-current', 'aria-pressed', 'aria-selected', 'data-open', 'data-on']
    const isOn = (e, name) => e.hasAttribute(name) && e.getAttribute(name) !== 'false'
    const looks = (e) => {
      const of = (x, part) => { const s = getComputedStyle(x, part); return [s.borderTopWidth, s.borderBottomWidth, s.borderLeftWidth, s.borderTopStyle, s.borderLeftStyle, s.borderLeftColor, s.borderBottomColor, s.outlineWidth, s.outlineStyle, s.fontWeight, s.textDecorationLine, s.color, s.forcedColorAdjust, s.content, s.width === 'auto' ? '' : part ? s.width : ''].join('|') }
      return of(e) + of(e, '::before') + of(e, '::after') + e.querySelectorAll('svg').length + [...e.querySelectorAll('input')].map((one) => one.checked)
    }
    const found = []
    for (const name of marks) for (const e of document.querySelectorAll('[' + name + ']')) {
      if (!isOn(e, name) || !e.checkVisibility() || e === document.documentElement) continue
      const like = [...document.querySelectorAll(e.tagName + (e.classList[0] ? '.' + CSS.escape(e.classList[0]) : ''))].find((one) => one !== e && !isOn(one, name) && one.checkVisibility())
      if (like && looks(like) === looks(e)) found.push(name + ' ' + nameOf(e))
    }
    return found
  })()`)
}
