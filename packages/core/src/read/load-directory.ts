import { directoryDefinition } from '../directory/path-definitions.ts'
import { rowCodec } from '../object/row-codec.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'

/** A person or a team as paths see them. */
export type DirectoryRow = Readonly<Record<string, unknown>> & { readonly id: string }

const listed: Predicate = { op: 'in', operand: { column: 'id', nullable: false }, param: 1 }
const most = 1_000

/** People or teams by id, with everything that paths may ask of them. */
export async function directoryRows(scope: Scope, object: string, ids: readonly string[]): Promise<ReadonlyMap<string, DirectoryRow>> {
  const definition = directoryDefinition(object)
  const found = new Map<string, DirectoryRow>()
  if (!definition) return found
  const codec = rowCodec(definition)
  const plan: SelectPlan = { table: definition.table, columns: codec.columns, where: listed, order: [], revision: false }
  const unique = [...new Set(ids)]
  for (let start = 0; start < unique.length; start += most) {
    const rows = await sessionOf(scope).selectValues(plan, [scope.actor.tenant, unique.slice(start, start + most)])
    for (const row of rows.map((values) => codec.decodeValues(values) as DirectoryRow)) found.set(row.id, row)
  }
  return found
}
