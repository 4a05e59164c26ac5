import { painted } from '../ui/start.ts'

/** Waits until so many controls are there, then notes the time. */
export function paintedWith(count) {
  const look = () => (document.querySelectorAll('input, select, textarea').length >= count ? painted() : requestAnimationFrame(look))
  requestAnimationFrame(look)
}

/** Puts the focus into the text field with that label. */
export function focusLabelled(text) {
  const label = [...document.querySelectorAll('label')].find((one) => one.textContent.replace('*', '').trim() === text)
  document.getElementById(label?.htmlFor ?? '')?.focus()
}
