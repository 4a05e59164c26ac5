import type { WritePlan, WriteValues } from '@guanxi/core/store'
import { rowsLaidOut } from './places.ts'

/** A plan is compiled for a number of values of each sort; anything else is a mistake of the caller. */
export function checkValues(plan: WritePlan, values: WriteValues): void {
  expect('columns', plan.set.length, values.set.length)
  expect('counters', plan.counters, values.counters.length)
  expect('references', plan.references.length, values.references.length)
  for (const [index, satellite] of plan.satellites.entries()) {
    const rows = rowsLaidOut(satellite)
    if (rows !== null) expect('rows', rows, values.satellites[index]?.length ?? 0)
  }
}

/** A batch of updates knows its diffs, takes no counters and points nowhere; a plan that says otherwise is a mistake of the caller. */
export function checkBatch(plan: WritePlan): void {
  if (plan.diff !== 'given' && plan.op === 'update') throw new TypeError('A batch updates with the diff given.')
  if (plan.counters > 0) throw new TypeError('A batch takes no counters.')
  if (plan.references.length > 0) throw new TypeError('A batch checks no references.')
  if (plan.mergeExt) throw new TypeError('A batch sets ext as a whole.')
}

function expect(what: string, planned: number, given: number): void {
  if (planned !== given) throw new TypeError(`The plan has ${planned} ${what}, but ${given} were given.`)
}
