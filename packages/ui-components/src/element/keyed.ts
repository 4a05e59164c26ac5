import { noChange } from 'lit'
import { type ChildPart, Directive, directive } from 'lit/directive.js'
import { getCommittedValue, insertPart, removePart, setChildPartValue, setCommittedValue } from 'lit/directive-helpers.js'

type KeyOf<T> = (item: T, index: number) => unknown
type Draw<T> = (item: T, index: number) => unknown

/** Draws each item where its key stood before, so that what a reader does in it stays with it. Half of Lit's `repeat`. */
class Keyed extends Directive {
  #keys: readonly unknown[] | null = null

  render<T>(items: readonly T[], _keyOf: KeyOf<T>, draw: Draw<T>): unknown {
    return items.map(draw)
  }

  override update<T>(container: ChildPart, [items, keyOf, draw]: [readonly T[], KeyOf<T>, Draw<T>]): unknown {
    const drawn = getCommittedValue(container) as ChildPart[]
    const last = this.#keys
    const wanted = new Set<unknown>()
    items.forEach((item, index) => {
      const key = keyOf(item, index)
      // A key that comes twice keeps nothing.
      wanted.add(wanted.has(key) ? {} : key)
    })
    this.#keys = [...wanted]
    if (!last || !Array.isArray(drawn)) return items.map(draw)
    setCommittedValue(
      container,
      place(container, new Map(drawn.map((part, index) => [last[index], part])), this.#keys, (part, index) =>
        setChildPartValue(part, draw(items[index] as T, index)),
      ),
    )
    return noChange
  }
}

/** Puts the parts of the keys into their order; a part that only follows its neighbours is not touched. */
function place(
  container: ChildPart,
  before: Map<unknown, ChildPart>,
  keys: readonly unknown[],
  fill: (part: ChildPart, index: number) => ChildPart,
): ChildPart[] {
  const wanted = new Set(keys)
  for (const [key, part] of before)
    if (!wanted.has(key)) {
      removePart(part)
      before.delete(key)
    }
  const order = [...before.values()]
  const moved = new Set<ChildPart>()
  let at = 0
  return keys.map((key, index) => {
    while (moved.has(order[at] as ChildPart)) at += 1
    const part = before.get(key)
    // Where the next one is wanted already, the one before it has moved on.
    if (part && part === order[at + 1]) at += 1
    if (part && part === order[at]) at += 1
    else if (part) moved.add(insertPart(container, order[at], part))
    return fill(part ?? insertPart(container, order[at]), index)
  })
}

/** Items by key: `keyed(fields, (field) => field.name, (field) => html…)`. */
export const keyed = directive(Keyed) as <T>(items: readonly T[], keyOf: KeyOf<T>, draw: Draw<T>) => unknown
