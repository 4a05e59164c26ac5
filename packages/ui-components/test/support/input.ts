import type {} from '@vitest/browser-playwright'
import { cdp } from 'vitest/browser'

/** A point in this frame. */
export interface At {
  readonly x: number
  readonly y: number
}

/** Where this frame stands in the page that the browser steers, and how much it is scaled there. */
function toPage({ x, y }: At): At {
  const frame = window.frameElement?.getBoundingClientRect()
  if (!frame) return { x, y }
  const scale = frame.width / innerWidth
  return { x: frame.left + x * scale, y: frame.top + y * scale }
}

/** A real mouse event, as the browser's own input pipeline makes it. */
export async function mouse(type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', at: At): Promise<void> {
  const held =
    type === 'mouseMoved' ? { button: 'left', buttons: 1 } : { button: 'left', buttons: type === 'mousePressed' ? 1 : 0, clickCount: 1 }
  await cdp().send('Input.dispatchMouseEvent', { type, ...toPage(at), ...held } as never)
}

/** Presses on one point and moves to another in steps; the button stays down. */
export async function drag(from: At, to: At, steps = 6): Promise<void> {
  await mouse('mousePressed', from)
  for (let step = 1; step <= steps; step += 1) {
    await mouse('mouseMoved', { x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps })
  }
}

/** Real touch points. */
export async function touch(type: 'touchStart' | 'touchMove' | 'touchEnd', at?: At): Promise<void> {
  await cdp().send('Input.dispatchTouchEvent', { type, touchPoints: at ? [toPage(at)] : [] } as never)
}

/** The middle of something. */
export function middle(element: Element): At {
  const box = element.getBoundingClientRect()
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
}
