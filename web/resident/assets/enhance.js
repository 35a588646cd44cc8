// The one convenience that needs a script: filling in the device's position. Everything else works without.
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
