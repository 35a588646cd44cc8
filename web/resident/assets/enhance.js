// The conveniences that need a script: the device's position, its voice, and a word where there is no network. Everything else works without.
const box = document.getElementById('position')
if (box && 'geolocation' in navigator) {
  const status = box.querySelector('[role=status]')
  const use = box.querySelector('[data-act=use]')
  const drop = box.querySelector('[data-act=drop]')
  const fill = (lng, lat, accuracy) => {
    for (const [name, value] of Object.entries({ lng, lat, accuracy })) box.querySelector(`[name=${name}]`).value = value
    use.hidden = lng !== ''
    drop.hidden = lng === ''
  }
  const say = (key, n) => {
    status.textContent = key ? box.dataset[key].replace('#', n) : ''
  }
  use.addEventListener('click', () => {
    say('looking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        fill(coords.longitude, coords.latitude, Math.round(coords.accuracy))
        say('found', Math.round(coords.accuracy))
      },
      () => say('refused'),
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 30000 },
    )
  })
  drop.addEventListener('click', () => {
    fill('', '', '')
    say('')
  })
  // Kept over a language switch or an error.
  const kept = box.querySelector('[name=accuracy]').value
  if (box.querySelector('[name=lng]').value) {
    use.hidden = true
    drop.hidden = false
    say('found', kept || '?')
  }
  box.hidden = false
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

// A form that is sent without a network would end on the browser's own page, and its words be gone. They stay here instead.
const main = document.querySelector('main[data-offline]')
main?.addEventListener('submit', (event) => {
  if (navigator.onLine) return
  event.preventDefault()
  const note = document.getElementById('offline') ?? document.createElement('p')
  Object.assign(note, { id: 'offline', className: 'notice' })
  note.setAttribute('role', 'alert')
  event.target.prepend(note)
  note.textContent = main.dataset.offline
})
