const GAP = 4
const EDGE = 8

/** Puts a popover beside its anchor: below, or above where there is no room, never out of the window. */
export function placeBeside(popup: HTMLElement, anchor: Element, sameWidth = false): void {
  const at = anchor.getBoundingClientRect()
  if (sameWidth) popup.style.width = `${at.width}px`
  const { width, height } = popup.getBoundingClientRect()
  const below = at.bottom + GAP
  const fits = below + height <= innerHeight - EDGE || at.top < innerHeight - at.bottom
  popup.style.top = `${Math.max(EDGE, fits ? below : at.top - GAP - height)}px`
  popup.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - width - EDGE))}px`
}
