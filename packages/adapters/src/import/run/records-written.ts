import { RepairTally } from './repair-tally.ts'
import type { BatchOutcome } from './write-batch.ts'

/** What the step wrote, so that an import can be looked through, and its repairs counted, after a break. */
export function recordsOf(file: string, { created, updated, unchanged, stubs }: BatchOutcome): Record<string, unknown> {
  const tally = new RepairTally()
  for (const row of [...created, ...updated, ...unchanged]) tally.add(file, row.row.number, row.marks)
  return {
    created: created.map(({ id }) => id),
    updated: updated.map(({ id }) => id),
    added: stubs.map(({ object, id }) => [object, id]),
    repairs: tally.counts,
  }
}
