/** At most: a page in the background draws no frames, and must not wait for one for ever. */
const LONGEST = 100

/** Draws at once what comes alone, and together, in the next frame, what comes shortly after: several answers of a server, say. */
export class Paced {
  #frame: Promise<void> | null = null

  /** Runs `draw` now, or in the next frame when it has run in this one. */
  run<T>(draw: () => T): T | Promise<Awaited<T>> {
    const drawing = (): T => {
      this.#frame = nextFrame().then(() => {
        this.#frame = null
      })
      return draw()
    }
    return this.#frame ? (this.#frame.then(drawing) as Promise<Awaited<T>>) : drawing()
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
