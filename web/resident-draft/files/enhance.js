// The portal works without this file. It adds one thing: the caller may send the position of the device.
const row = document.querySelector('.locate')
const button = row?.querySelector('button')
const status = row?.querySelector('[role=status]')

if (row && button && status && 'geolocation' in navigator) {
  row.hidden = false
  button.addEventListener('click', () => {
    status.textContent = row.dataset.locating
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.getElementById('lng').value = coords.longitude.toFixed(6)
        document.getElementById('lat').value = coords.latitude.toFixed(6)
        status.textContent = row.dataset.located.replace('{metres}', String(Math.round(coords.accuracy)))
      },
      () => {
        status.textContent = row.dataset.failed
      },
      { enableHighAccuracy: true, timeout: 10_000 },
    )
  })
}
document.querySelector('.errors')?.focus()
