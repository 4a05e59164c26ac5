/** Something that comes after others. Ids are unique in a list. */
export interface Dependent {
  readonly id: string
  /** Ids of what comes first. Ids that are not in the list are ignored. */
  readonly after: readonly string[]
}

/** Items that come after each other. `path` names them, the first one again at its end. */
export class OrderCycle extends Error {
  override readonly name = 'OrderCycle'
  readonly path: readonly string[]

  constructor(path: readonly string[]) {
    super(path.join(' → '))
    this.path = path
  }
}

/**
 * Puts needs first. Of the items that may come next the smallest does, so the result never depends on the order of the list.
 * Throws {@link OrderCycle}.
 */
export function topological<T extends Dependent>(items: readonly T[], compare: (a: T, b: T) => number = byId): T[] {
  const known = new Map(items.map((item) => [item.id, item]))
  const needs = new Map(items.map((item) => [item.id, needsOf(item, known)]))
  const followers = Map.groupBy(
    items.flatMap((item) => [...(needs.get(item.id) ?? [])].map((need) => ({ need, item }))),
    ({ need }) => need,
  )
  const ready = items.filter((item) => needs.get(item.id)?.size === 0).sort((a, b) => compare(b, a))
  const ordered: T[] = []
  for (let next = ready.pop(); next; next = ready.pop()) {
    ordered.push(next)
    needs.delete(next.id)
    for (const { item } of followers.get(next.id) ?? []) {
      const open = needs.get(item.id)
      open?.delete(next.id)
      if (open?.size === 0) insert(ready, item, compare)
    }
  }
  if (needs.size > 0) throw new OrderCycle(cycleIn(needs))
  return ordered
}

/** Ascending by code unit: the same on every machine. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function needsOf<T extends Dependent>(item: T, known: ReadonlyMap<string, T>): Set<string> {
  return new Set(item.after.filter((id) => known.has(id)))
}

/** Keeps `ready` in descending order, so that the smallest is popped. */
function insert<T>(ready: T[], item: T, compare: (a: T, b: T) => number): void {
  let low = 0
  let high = ready.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = ready[middle] as T
    if (compare(other, item) > 0) low = middle + 1
    else high = middle
  }
  ready.splice(low, 0, item)
}

/** Every item left over still needs one that is left over, so walking from any of them ends in a circle. */
function cycleIn(needs: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const walked: string[] = []
  let at = smallest(needs.keys())
  while (!walked.includes(at)) {
    walked.push(at)
    at = smallest(needs.get(at) ?? [])
  }
  const circle = walked.slice(walked.indexOf(at))
  const start = circle.indexOf(smallest(circle))
  const turned = [...circle.slice(start), ...circle.slice(0, start)]
  return [...turned, turned[0] ?? at]
}

function smallest(ids: Iterable<string>): string {
  return [...ids].sort()[0] ?? ''
}
