import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visibleRange } from '../src/controllers/window.ts'

describe('Windowing', () => {
  it('draws every row that is in view, and never more than a few blocks beside', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.integer({ min: 100, max: 2000 }),
        fc.integer({ min: 20, max: 200 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.constantFrom(1, 4),
        (top, height, step, count, ahead) => {
          const { start, end } = visibleRange({ top, height }, step, count, ahead)
          const first = Math.floor(top / step)
          const last = Math.min(count, Math.ceil((top + height) / step)) - 1
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeLessThanOrEqual(count)
          if (first < count) {
            expect(start).toBeLessThanOrEqual(first)
            expect(end).toBeGreaterThan(last)
            expect(end).toBeGreaterThanOrEqual(Math.min(count, last + 1 + ahead))
          }
          expect(end - start).toBeLessThanOrEqual(Math.ceil(height / step) + 1 + 4 * 4)
        },
      ),
    )
  })

  it('stays on the last rows when there are fewer than before', () => {
    expect(visibleRange({ top: 50_000, height: 500 }, 40, 10)).toEqual({ start: 9, end: 10 })
  })
})
