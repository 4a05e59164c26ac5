import type { Point } from './pointer-drag.ts'

const EDGE = 56
const FASTEST = 18

/** Something that scrolls along while the pointer rests near its edge. */
export interface Scrolled {
  readonly element: Element
  readonly axis: 'x' | 'y'
}

/** Scrolls while the pointer rests near an edge. */
export class AutoScroll {
  readonly #targets: (at: Point) => readonly Scrolled[]
  #at: Point | null = null
  #frame = 0

  constructor(targets: (at: Point) => readonly Scrolled[]) {
    this.#targets = targets
  }

  move(at: Point): void {
    this.#at = at
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#step)
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#at = null
  }

  readonly #step = (): void => {
    const at = this.#at
    if (!at) return
    for (const { element, axis } of this.#targets(at)) {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      if (axis === 'x') element.scrollLeft += speed(at.x, left, right)
      else element.scrollTop += speed(at.y, top, bottom)
    }
    this.#frame = requestAnimationFrame(this.#step)
  }
}

/** Pixels a frame: faster the nearer the edge. */
export function speed(at: number, start: number, end: number): number {
  const near = Math.min(EDGE, (end - start) / 4)
  if (at < start + near) return -Math.round(FASTEST * Math.min(1, (start + near - at) / near))
  if (at > end - near) return Math.round(FASTEST * Math.min(1, (at - end + near) / near))
  return 0
}
