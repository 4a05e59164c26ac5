import { directoryLimits, requireThat } from './check-input.ts'

/** Team → the team above it, or null. */
export type Parents = ReadonlyMap<string, string | null>

/** A team above another, `depth` levels up; each team is above itself at depth 0. */
export interface TreeRow {
  readonly ancestorId: string
  readonly teamId: string
  readonly depth: number
}

/** The team and all above it, nearest first. Refuses a circle, a team that does not exist, and a tree too deep. */
export function ancestorsOf(team: string, parents: Parents): TreeRow[] {
  const rows: TreeRow[] = []
  const path = '/teams'
  for (let at: string | null = team; at !== null; at = parents.get(at) ?? null) {
    requireThat(parents.has(at), path, `there is no team “${at}”`)
    requireThat(!rows.some(({ ancestorId }) => ancestorId === at), path, `teams stand above each other in a circle: ${circle(rows, at)}`)
    rows.push({ ancestorId: at, teamId: team, depth: rows.length })
    requireThat(rows.length <= directoryLimits.depth, path, `the tree is more than ${directoryLimits.depth} levels deep`)
  }
  return rows
}

/** A team and all below it. */
export function teamsBelow(team: string, parents: Parents): string[] {
  return [...parents.keys()].filter((one) => ancestorsOf(one, parents).some(({ ancestorId }) => ancestorId === team))
}

/** Teams whose ancestors change when the tree goes from one shape to the other: those that move, and all below them. */
export function movedTeams(before: Parents, after: Parents): string[] {
  const movers = new Set([...after].flatMap(([team, parent]) => (before.has(team) && before.get(team) === parent ? [] : team)))
  if (movers.size === 0) return []
  return [...after.keys()].filter((team) => ancestorsOf(team, after).some(({ ancestorId }) => movers.has(ancestorId)))
}

function circle(rows: readonly TreeRow[], again: string): string {
  const names = rows.map(({ ancestorId }) => ancestorId)
  return [...names.slice(names.indexOf(again)), again].join(' → ')
}
