declare global {
  interface Window {
    /** When the page's own code began, and how long it took until the first look was painted. */
    began: number
    first?: number
    /** What a run does with the page. */
    act?: (name: string) => Promise<void>
  }
}

/** Imported first: everything after it counts. */
window.began = performance.now()

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
