import type { RowPlan, Waiting } from './row-plan.ts'

/** Rows in the order in which they can be made: those that others of the batch point to come first. */
export interface Levels {
  readonly levels: readonly (readonly RowPlan[])[]
}

/** Sorts new records by who points to whom. Rows that point to each other in a circle lose the reference that closes it; it waits. */
export function levelsOf(
  rows: readonly RowPlan[],
  selfFields: readonly string[],
  waitingText: (row: RowPlan, field: string) => Waiting,
): Levels {
  if (selfFields.length === 0) return { levels: [rows] }
  const byId = new Map(rows.map((row) => [row.id, row]))
  const depths = new Map<string, number>()
  const open = new Set<string>()
  const settled = new Map<string, RowPlan>()

  const depthOf = (row: RowPlan): number => {
    const known = depths.get(row.id)
    if (known !== undefined) return known
    open.add(row.id)
    let depth = 0
    let plan = row
    for (const field of selfFields) {
      const above = byId.get(String(plan.first[field] ?? ''))
      if (!above) continue
      if (open.has(above.id)) plan = without(plan, field, waitingText(plan, field))
      else depth = Math.max(depth, depthOf(above) + 1)
    }
    open.delete(row.id)
    settled.set(row.id, plan)
    depths.set(row.id, depth)
    return depth
  }

  const levels: RowPlan[][] = []
  for (const row of rows) {
    const depth = depthOf(row)
    const level = levels[depth] ?? []
    levels[depth] = level
    level.push(settled.get(row.id) ?? row)
  }
  return { levels: levels.map((level) => level ?? []) }
}

function without(plan: RowPlan, field: string, waiting: Waiting): RowPlan {
  const first = Object.fromEntries(Object.entries(plan.first).filter(([name]) => name !== field))
  return { ...plan, first, waiting: [...plan.waiting, waiting] }
}
