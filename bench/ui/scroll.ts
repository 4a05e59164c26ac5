/** How a scroller kept up: the times between frames, and tasks that held the page for 50 ms and more. */
export interface Scrolled {
  readonly frames: readonly number[]
  readonly longTasks: number
}

declare global {
  interface Window {
    scrolled?: Scrolled
  }
}

/** Scrolls frame by frame to each position in turn. */
export async function scrollThrough(scroller: Element, positions: readonly number[]): Promise<void> {
  const frames: number[] = []
  let longTasks = 0
  const observer = new PerformanceObserver((list) => {
    longTasks += list.getEntries().length
  })
  observer.observe({ type: 'longtask' })
  let before = await frame()
  for (const top of positions) {
    scroller.scrollTo({ top, behavior: 'instant' })
    const now = await frame()
    frames.push(now - before)
    before = now
  }
  await frame()
  longTasks += observer.takeRecords().length
  observer.disconnect()
  window.scrolled = { frames, longTasks }
}

/** Steps as a wheel makes them, then strides from end to end. */
export function steadyThenFar(height: number): readonly number[] {
  const steady = Array.from({ length: 90 }, (_, step) => (step + 1) * 400)
  const from = steady.at(-1) ?? 0
  const far = Array.from({ length: 90 }, (_, step) => from + ((step + 1) * (height - from)) / 90)
  return [...steady, ...far]
}

function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve))
}
