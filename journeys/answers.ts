/** Steers what a page is answered, from inside the page: as it comes, empty, or failed in any of the ways in which a call can fail. */
import type { Page } from 'playwright-core'

/** Ways in which a call fails; a number is a status as a gateway in front answers it, without words of ours. */
export const failures = ['offline', 'timeout', 401, 403, 404, 409, 413, 429, 500] as const
export type Failure = (typeof failures)[number]
export type Answer = 'as it comes' | 'empty' | 'our own failure' | `${Failure}`

/** Lets the page be steered. Call before its first address; counts what is on its way, so that a story knows when a page has all it asked for. */
export async function steerAnswers(page: Page): Promise<void> {
  await page.addInitScript(`(() => {
    const send = window.fetch
    const lists = ['items', 'numbers', 'rows', 'features', 'timeline', 'entries']
    const made = (status, type, body) => new Response(body, { status, headers: { 'content-type': type } })
    const problem = { type: 'urn:huying:problem:platform.bug', title: '系统出错', status: 500, code: 'platform.bug', details: {}, requestId: 'req-示例-1',
      message: '系统出错，已记录。请稍后重试；仍有问题时把编号告诉管理员。' }
    window.onTheWay = 0
    window.lastAnswer = performance.now()
    const answered = async (input, init) => {
      const mode = sessionStorage.getItem('answers') ?? ''
      const method = init?.method ?? 'GET'
      const { pathname } = new URL(typeof input === 'string' ? input : input.url ?? String(input), location.href)
      const spared = !pathname.startsWith('/api/') || pathname === '/api/me' || (mode.startsWith('write ') && method === 'GET')
      if (spared || (!mode && method !== 'GET')) return send(input, init)
      const how = mode.replace('write ', '')
      if (how === 'offline') throw new TypeError('Failed to fetch')
      if (how === 'timeout') throw new DOMException('signal timed out', 'TimeoutError')
      if (how === 'our own failure') return made(500, 'application/problem+json', JSON.stringify(problem))
      if (how !== 'empty' && how !== '') return made(Number(how), 'text/html', '<html><h1>' + how + ' Request Failed</h1><center>gateway</center></html>')
      const reply = await send(input, init)
      if ((!how && !window.mostRows) || !reply.headers.get('content-type')?.includes('json')) return reply
      const text = await reply.text()
      const body = JSON.parse(text)
      if (!how && window.mostRows && body.items?.length > window.mostRows) body.items.length = window.mostRows
      if (how) for (const name of lists) if (body[name]?.length > 0) (body[name] = []), (window.emptied = true)
      return made(reply.status, 'application/json', JSON.stringify(body))
    }
    window.fetch = async (input, init) => {
      window.onTheWay += 1
      try {
        return await answered(input, init)
      } finally {
        window.onTheWay -= 1
        window.lastAnswer = performance.now()
      }
    }
  })()`)
}

/** From now on the page is answered so; `writes` leaves what is read alone. */
export async function answer(page: Page, how: Answer, writes = false): Promise<void> {
  await page.evaluate(`sessionStorage.setItem('answers', ${JSON.stringify(how === 'as it comes' ? '' : `${writes ? 'write ' : ''}${how}`)})`)
}

/** Waits until the page has what it asked for and shows it: nothing on its way for a moment, and no grey rows. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(`new Promise((done, fail) => {
    const begun = performance.now()
    const look = () => {
      if (document.querySelector('main') && window.onTheWay === 0 && performance.now() - window.lastAnswer > 150 && !document.querySelector('.pulse')) return done()
      if (performance.now() - begun > 15000) return fail(new Error('the page is not done: ' + window.onTheWay + ' on the way, ' + document.querySelectorAll('.pulse').length + ' grey'))
      setTimeout(look, 40)
    }
    look()
  })`)
}
