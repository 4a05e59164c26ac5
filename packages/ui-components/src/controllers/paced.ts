/** At most: a page in the background draws no frames, and must not wait for one for ever. */
const LONGEST = 100

/** About a frame: what comes sooner after a drawing waits for the next one. */
const SHORTLY = 16

/** Draws at once what comes alone, and together, in the next frame, what comes shortly after: several answers of a server, say. */
export class Paced {
  #drawn = Number.NEGATIVE_INFINITY

  /** Runs `draw` now, or in the next frame when it has run just before. No frame is asked for that nobody waits for. */
  run<T>(draw: () => T): T | Promise<Awaited<T>> {
    const drawing = (): T => {
      this.#drawn = performance.now()
      return draw()
    }
    return performance.now() - this.#drawn < SHORTLY ? (nextFrame().then(drawing) as Promise<Awaited<T>>) : drawing()
  }
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST)
    requestAnimationFrame(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
