import fc from 'fast-check'
import { html, render } from 'lit'
import { describe, expect, it } from 'vitest'
import { keyed } from '../src/element/keyed.ts'

const draw = (place: HTMLElement, keys: readonly number[]) =>
  render(
    html`<i>before</i>${keyed(
      keys,
      (key) => key,
      (key, index) => html`<b id="k${key}">${key}:${index}</b>`,
    )}<i>after</i>`,
    place,
  )
const lines = (place: HTMLElement) => [...place.querySelectorAll('b')]
const keysOf = fc.uniqueArray(fc.nat(20), { maxLength: 12 })

describe('Items by key', () => {
  it('stand in their order after every change, each in the element it had before', () => {
    fc.assert(
      fc.property(fc.array(keysOf, { minLength: 1, maxLength: 6 }), (rounds) => {
        const place = document.createElement('div')
        const seen = new Map<string, Element>()
        for (const keys of rounds) {
          draw(place, keys)
          expect(lines(place).map((line) => line.textContent)).toEqual(keys.map((key, index) => `${key}:${index}`))
          for (const line of lines(place)) expect(seen.get(line.id) ?? line).toBe(line)
          seen.clear()
          for (const line of lines(place)) seen.set(line.id, line)
          expect(place.textContent?.startsWith('before') && place.textContent.endsWith('after')).toBe(true)
        }
      }),
    )
  })

  it('keeps the focus where only others move: one to the end, one to the front, lines that scroll away', () => {
    const place = document.createElement('div')
    document.body.append(place)
    for (const next of [
      [2, 3, 4, 1],
      [4, 1, 2, 3],
      [3, 4, 5, 6],
    ]) {
      draw(place, [1, 2, 3, 4])
      const line = place.querySelector('#k3') as HTMLElement
      line.tabIndex = 0
      line.focus()
      draw(place, next)
      expect(document.activeElement).toBe(line)
    }
    place.remove()
  })

  it('draws a key that comes twice twice', () => {
    const place = document.createElement('div')
    for (const keys of [
      [1, 1, 2],
      [2, 1, 1],
      [1, 2],
    ]) {
      draw(place, keys)
      expect(lines(place).map((line) => line.textContent)).toEqual(keys.map((key, index) => `${key}:${index}`))
    }
  })
})
