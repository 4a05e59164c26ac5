import type { Profiler } from 'node:inspector'

/** A profile as the inspector gives it. */
export type CallTree = Profiler.Profile

/** A function and its share of an operation, in microseconds. */
export interface Hot {
  readonly name: string
  readonly place: string
  readonly self: number
  /** With everything it calls; counted once where it calls itself. */
  readonly total: number
}

/** Functions by their own time, the costliest first. */
export function hottest({ nodes, samples = [], timeDeltas = [] }: CallTree, times: number): Hot[] {
  const own = new Map<number, number>()
  samples.forEach((id, index) => {
    own.set(id, (own.get(id) ?? 0) + (timeDeltas[index] ?? 0))
  })
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const sums = new Map<string, { name: string; place: string; self: number; total: number }>()
  const visit = (id: number, above: ReadonlySet<string>): number => {
    const node = byId.get(id)
    if (!node) return 0
    const { functionName, url, lineNumber } = node.callFrame
    const key = `${functionName} ${url}:${lineNumber}`
    const inside = new Set(above).add(key)
    const self = own.get(id) ?? 0
    const total = (node.children ?? []).reduce((sum, child) => sum + visit(child, inside), self)
    const known = sums.get(key) ?? { name: functionName || '(anonymous)', place: placeOf(url, lineNumber), self: 0, total: 0 }
    known.self += self
    if (!above.has(key)) known.total += total
    sums.set(key, known)
    return total
  }
  const [root] = nodes
  if (root) visit(root.id, new Set())
  return [...sums.values()]
    .map(({ name, place, self, total }) => ({ name, place, self: self / times, total: total / times }))
    .sort((a, b) => b.self - a.self)
}

function placeOf(url: string, line: number): string {
  const path = url.replace(/^file:\/\//, '').replace(/^.*\/(packages|node_modules|bench)\//, '$1/')
  return path === '' ? '' : `${path}:${line + 1}`
}
