declare global {
  interface Window {
    /** When the page began, and how long it took until the first look was painted. */
    began: number
    first?: number
    /** Once everything is loaded that comes without a press. */
    settled?: Promise<unknown>
    /** What a run does with the page. */
    act?: (name: string) => Promise<void>
  }
}

/** Notes the time once the frame that shows it all has been drawn. */
export function painted(): void {
  requestAnimationFrame(() =>
    setTimeout(() => {
      window.first = performance.now() - window.began
    }),
  )
}

/** After the next frame has been drawn. */
export function drawn(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

/** The component that stands on the page from the start; the others are loaded when the browser has nothing else to do. */
export function standing<K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K] {
  const found = document.querySelector(tag)
  if (!found) throw new Error(`There is no ${tag} on the page.`)
  window.settled = customElements.whenDefined('crm-inbox')
  return found
}
