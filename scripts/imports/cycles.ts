/** Importer → imported → a file that does it. Importers are folders or files. */
export type Graph = Map<string, Map<string, string>>

/** Circles of a graph, each printed once. */
export function findCircles(graph: Graph): string[] {
  const found = new Map<string, string>()
  const done = new Set<string>()
  const walk = (node: string, path: readonly string[]): void => {
    const start = path.indexOf(node)
    if (start >= 0) {
      remember(path.slice(start))
      return
    }
    if (done.has(node)) return
    for (const next of graph.get(node)?.keys() ?? []) walk(next, [...path, node])
    done.add(node)
  }
  const remember = (circle: readonly string[]): void => {
    const steps = circle.map((from, index) => {
      const to = circle[(index + 1) % circle.length] ?? from
      const file = graph.get(from)?.get(to)
      return file === from ? `${from} → ${to}` : `${from} → ${to} (${file})`
    })
    found.set([...circle].sort().join(), steps.join(', '))
  }
  for (const node of graph.keys()) walk(node, [])
  return [...found.values()]
}
