import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** A point in the window. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** What the owner of a drag does about it. */
export interface DragHandlers {
  /** The thing a press is on; null = not draggable. */
  pick(path: readonly EventTarget[]): HTMLElement | null
  start(source: HTMLElement, at: Point, offset: Point): void
  move(at: Point): void
  drop(at: Point): void
  cancel(): void
}

const THRESHOLD = 5
const HOLD_MS = 320
const HOLD_SLACK = 8

interface Press {
  readonly pointer: number
  readonly source: HTMLElement
  readonly from: Point
  readonly offset: Point
  readonly touch: boolean
}

/**
 * Dragging by pointer events on the window: a mouse drags after a few pixels, a finger after a long press, Escape calls it off. No
 * element is captured, because the dragged one may be drawn anew or scrolled out of its window.
 */
export class PointerDrag implements ReactiveController {
  readonly #handlers: DragHandlers
  #press: Press | null = null
  #dragging = false
  #hold: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost, handlers: DragHandlers) {
    this.#handlers = handlers
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#end(true)
  }

  /** Bind to `pointerdown`. An event that is over has lost its path, so whoever kept one passes both. */
  readonly onPointerDown = (event: PointerEvent, path: readonly EventTarget[] = event.composedPath()): void => {
    if (this.#press || event.button !== 0 || !event.isPrimary) return
    const source = this.#handlers.pick(path)
    if (!source) return
    const box = source.getBoundingClientRect()
    const from = { x: event.clientX, y: event.clientY }
    this.#press = {
      pointer: event.pointerId,
      source,
      from,
      offset: { x: from.x - box.left, y: from.y - box.top },
      touch: event.pointerType !== 'mouse',
    }
    if (this.#press.touch) this.#hold = setTimeout(() => this.#start(), HOLD_MS)
    this.#listen(true)
  }

  #start(): void {
    const press = this.#press
    if (!press || this.#dragging) return
    this.#dragging = true
    getSelection()?.removeAllRanges()
    this.#handlers.start(press.source, press.from, press.offset)
  }

  readonly #onMove = (event: PointerEvent): void => {
    const press = this.#press
    if (!press || event.pointerId !== press.pointer) return
    const at = { x: event.clientX, y: event.clientY }
    const distance = Math.hypot(at.x - press.from.x, at.y - press.from.y)
    if (this.#dragging) this.#handlers.move(at)
    else if (press.touch && distance > HOLD_SLACK) this.#end(false)
    else if (!press.touch && distance > THRESHOLD) {
      this.#start()
      this.#handlers.move(at)
    }
  }

  readonly #onUp = (event: PointerEvent): void => {
    if (event.pointerId !== this.#press?.pointer) return
    const dropped = this.#dragging
    this.#end(false)
    if (!dropped) return
    swallowClick()
    this.#handlers.drop({ x: event.clientX, y: event.clientY })
  }

  readonly #onCancel = (event: PointerEvent): void => {
    if (event.pointerId === this.#press?.pointer) this.#end(true)
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#dragging) return
    event.preventDefault()
    event.stopPropagation()
    swallowClick()
    this.#end(true)
  }

  /** Once the long press has begun a drag, the page must not scroll under it. */
  readonly #onTouchMove = (event: TouchEvent): void => {
    if (this.#dragging && event.cancelable) event.preventDefault()
  }

  readonly #onContextMenu = (event: Event): void => {
    if (this.#press?.touch) event.preventDefault()
  }

  #end(cancelled: boolean): void {
    const wasDragging = this.#dragging
    clearTimeout(this.#hold)
    this.#press = null
    this.#dragging = false
    this.#listen(false)
    if (cancelled && wasDragging) this.#handlers.cancel()
  }

  #listen(on: boolean): void {
    const change = on ? addEventListener : removeEventListener
    change('pointermove', this.#onMove)
    change('pointerup', this.#onUp)
    change('pointercancel', this.#onCancel)
    change('keydown', this.#onKeydown, true)
    change('contextmenu', this.#onContextMenu)
    if (on) addEventListener('touchmove', this.#onTouchMove, { passive: false })
    else removeEventListener('touchmove', this.#onTouchMove)
  }
}

/** The click that the browser fires after a drag is not meant. */
function swallowClick(): void {
  const swallow = (event: Event): void => {
    event.preventDefault()
    event.stopPropagation()
  }
  addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0)
}
