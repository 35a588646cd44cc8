// The conveniences that need a script: the device's position, a mark on a map, the device's voice, and a word where there is no network. Everything else works without.
const box = document.getElementById('position')
if (box) {
  const status = box.querySelector('[role=status]')
  const act = (name) => box.querySelector(`[data-act=${name}]`)
  const field = (name) => box.querySelector(`[name=${name}]`)
  const map = document.getElementById('place-map')
  // Each change of the place, with what was said of it, so that it can be taken back step by step.
  const past = []
  let here = { lng: field('lng').value, lat: field('lat').value, accuracy: field('accuracy').value, said: '' }
  const tellMap = (detail) => map?.dispatchEvent(new CustomEvent('place', { detail }))
  const pointOf = ({ lng, lat }) => (lng === '' ? null : { lng: Number(lng), lat: Number(lat) })
  const show = (next) => {
    here = next
    for (const name of ['lng', 'lat', 'accuracy']) field(name).value = next[name]
    status.textContent = next.said
    act('use').hidden = next.lng !== '' || !('geolocation' in navigator)
    act('drop').hidden = next.lng === ''
    act('undo').hidden = past.length === 0
  }
  const change = (next) => {
    past.push(here)
    show(next)
  }
  const none = { lng: '', lat: '', accuracy: '', said: '' }
  act('use').addEventListener('click', () => {
    status.textContent = box.dataset.looking
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const accuracy = String(Math.round(coords.accuracy))
        change({ lng: String(coords.longitude), lat: String(coords.latitude), accuracy, said: box.dataset.found.replace('#', accuracy) })
        tellMap({ at: pointOf(here) })
      },
      () => (status.textContent = box.dataset.refused),
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 30000 },
    )
  })
  const goBack = (next) => {
    show(next)
    tellMap({ at: pointOf(here) })
    // The button that was pressed may be gone; the keyboard stays where it was.
    const stays = [act('undo'), act('drop'), act('use'), act('map')].find((one) => one && !one.hidden)
    if (document.activeElement === document.body || document.activeElement?.hidden) stays?.focus()
  }
  act('undo').addEventListener('click', () => goBack(past.pop()))
  act('drop').addEventListener('click', () => {
    past.push(here)
    goBack(none)
  })

  const ask = async (about) => {
    const reply = await fetch('/report/place', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(about) })
    if (!reply.ok) throw new Error(String(reply.status))
    return reply.json()
  }
  // Only the last of several quick steps is put into words.
  let turn = 0
  const pinned = async ({ lng, lat, road }) => {
    const mine = (turn += 1)
    const before = here
    await new Promise((go) => setTimeout(go, 200))
    if (mine !== turn) return
    const found = await ask({ lng, lat }).catch(() => undefined)
    if (mine !== turn) return
    if (found?.text === null) {
      tellMap({ at: pointOf(before) })
      status.textContent = box.dataset.outside
      return
    }
    const place = found ? (road ? box.dataset.near.replace('#', found.text).replace('@', road) : found.text) : `${lng}, ${lat}`
    change({ lng: String(lng), lat: String(lat), accuracy: '', said: box.dataset.pinned.replace('#', place) })
  }
  const area = document.querySelector('select[name=areaCode]')
  const lookAtArea = async () => {
    if (!area.value || here.lng !== '') return
    const found = await ask({ areaCode: area.value }).catch(() => undefined)
    if (found?.box) tellMap({ box: found.box })
  }
  const openMap = async () => {
    act('map').hidden = true
    map.hidden = false
    try {
      await import(map.dataset.src)
      map.querySelector('[tabindex]').focus()
    } catch {
      map.hidden = true
      act('map').hidden = false
      status.textContent = box.dataset.failed
    }
  }
  act('map')?.addEventListener('click', () => {
    void openMap()
  })
  map?.addEventListener('pinned', ({ detail }) => {
    void pinned(detail)
  })
  map?.addEventListener('ready', () => {
    if (here.lng === '') void lookAtArea()
    else tellMap({ at: pointOf(here) })
  })
  area.addEventListener('change', () => {
    if (map && !map.hidden) void lookAtArea()
  })
  // Kept over a language switch or an error.
  if (here.lng !== '') here.said = here.accuracy === '' ? (box.dataset.at ?? '') : box.dataset.found.replace('#', here.accuracy)
  show(here)
  box.hidden = !('geolocation' in navigator) && !map
}

// Offered only where the device has a voice for the page's language; some devices know their voices a moment after loading.
const aloud = document.getElementById('aloud')
if (aloud && 'speechSynthesis' in window) {
  const button = aloud.querySelector('button')
  const language = document.documentElement.lang.slice(0, 2)
  const start = button.textContent
  const voiceOf = () => speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language))
  const show = () => {
    aloud.hidden = !voiceOf()
  }
  const told = (speaking) => {
    button.setAttribute('aria-pressed', String(speaking))
    button.textContent = speaking ? aloud.dataset.stop : start
  }
  button.addEventListener('click', () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel()
      return told(false)
    }
    const words = new SpeechSynthesisUtterance(document.getElementById('main').innerText.replace(start, ''))
    words.voice = voiceOf()
    words.lang = document.documentElement.lang
    words.rate = 0.9
    words.onend = () => told(false)
    told(true)
    speechSynthesis.speak(words)
  })
  speechSynthesis.addEventListener?.('voiceschanged', show)
  show()
}

// Without a network, the next page would be the browser's own, and what was filled in be gone. It stays here instead, and so it does while an answer is slow.
const main = document.getElementById('main')
const tell = (where, role, text) => {
  document.getElementById('line')?.remove()
  const note = Object.assign(document.createElement('p'), { id: 'line', className: 'warning' })
  note.setAttribute('role', role)
  where.prepend(note)
  // A region is read out when words come into it, not when it comes with them.
  requestAnimationFrame(() => (note.textContent = text))
}
const slowMs = 10000
let waiting
document.addEventListener('submit', (event) => {
  clearTimeout(waiting)
  if (navigator.onLine) {
    waiting = setTimeout(() => tell(event.target, 'status', main.dataset.slow), slowMs)
    return
  }
  event.preventDefault()
  tell(main.contains(event.target) ? event.target : main, 'alert', main.dataset.unsent)
})
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]')
  if (!link || link.origin !== location.origin || (link.hash && link.pathname === location.pathname) || navigator.onLine) return
  event.preventDefault()
  tell(main, 'alert', main.dataset.offline)
  scrollTo(0, 0)
})
// Back from the page before: nothing is waited for any more.
addEventListener('pageshow', () => {
  clearTimeout(waiting)
  document.getElementById('line')?.remove()
})
