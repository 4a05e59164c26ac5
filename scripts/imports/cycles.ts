/** Circles in a graph of folders (folder → imported folder → a file that does it), each printed once. */
export function folderCycles(graph: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
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
      return `${from} → ${to} (${graph.get(from)?.get(to)})`
    })
    found.set([...circle].sort().join(), steps.join(', '))
  }
  for (const node of graph.keys()) walk(node, [])
  return [...found.values()]
}
