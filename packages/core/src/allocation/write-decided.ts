import type { AllocationDecision } from '../decider/allocation.ts'
import { crmError } from '../error/crm-error.ts'
import type { FieldDefinition } from '../object/definition.ts'
import { fieldValue } from '../object/field-value.ts'
import type { UnitScope } from '../scope/scope.ts'
import type { BatchRow } from '../store/port.ts'
import { patchOf } from '../sweep/compile-set.ts'
import { type Written, writeUpdates } from '../sweep/run-batches.ts'
import { causeOf } from '../sweep/run-outcome.ts'
import { wayThrough } from '../sweep/way.ts'
import { validatePatch } from '../validation/validate-record.ts'
import { changeRow } from '../write/change-row.ts'
import type { Locked } from '../write/locked-read.ts'
import { throwRefusal } from '../write/refusals.ts'
import { storageJson, storageValues } from '../write/storage-values.ts'
import { updatePlan } from '../write/write-plans.ts'
import type { CompiledAllocation } from './compile.ts'

/** A record with what was decided about it. */
export interface Decided {
  readonly record: Locked
  readonly decision: AllocationDecision
  /** True where the log has it as an entry of its own. */
  readonly isLogged: boolean
}

/** Writes what was decided about records that are locked: set-based, or through the hooks where any listens. */
export async function writeDecided(
  unit: UnitScope,
  decider: CompiledAllocation,
  run: string,
  decided: readonly Decided[],
): Promise<Written> {
  if (decided.length === 0) return { written: 0, skipped: [] }
  if (wayThrough(unit, { ...decider, object: decider.body.object }).way === 'batches') {
    const updates = decided.map(({ record, decision, isLogged }) => ({
      previous: record,
      patch: patchOf(given(decider, decision)),
      cause: causeFor(decider, run, decision, isLogged),
    }))
    return writeUpdates(unit, decider, updates)
  }
  return { written: await writeRows(unit, decider, run, decided), skipped: [] }
}

function given({ fields }: CompiledAllocation, { set }: AllocationDecision): readonly (readonly [FieldDefinition, unknown])[] {
  const values = (set ?? {}) as Readonly<Record<string, unknown>>
  return fields.flatMap((field) => (values[field.name] === undefined ? [] : [[field, values[field.name]] as const]))
}

function causeFor(decider: CompiledAllocation, run: string, { reason }: AllocationDecision, isLogged: boolean) {
  const { code, data } = reason
  return { ...causeOf(decider, run), reason: { code, data }, ...(isLogged && { logged: true }) }
}

/** One statement of rows and change rows of records that this transaction holds; those that have these values already are left alone. */
async function writeRows(unit: UnitScope, decider: CompiledAllocation, run: string, decided: readonly Decided[]): Promise<number> {
  const { runtime, tenant, fields } = decider
  const { name } = runtime.definition
  const stored = encoder(unit, decider)
  const { now } = unit.unit
  const rows = decided.flatMap(({ record, decision, isLogged }): BatchRow[] => {
    const values = (decision.set ?? {}) as Readonly<Record<string, unknown>>
    const parts: string[] = []
    const set = fields.map((field) => {
      const [before] = storageValues(field, fieldValue(record, field))
      if (values[field.name] === undefined) return before
      const after = stored(field, values[field.name])
      if (after !== before) parts.push(`${JSON.stringify(columnOf(field))}:[${storageJson(before, false)},${storageJson(after, false)}]`)
      return after
    })
    if (parts.length === 0) return []
    const cause = causeFor(decider, run, decision, isLogged)
    return [
      {
        id: record.id,
        version: record.version + 1,
        set: [...set, now, unit.actor.id],
        change: changeRow(unit, name, 'update', parts, alone, { cause }),
      },
    ]
  })
  if (rows.length === 0) return 0
  const plan = updatePlan(runtime, {
    ...{ columns: [...fields.map(columnOf), 'updated_at', 'updated_by'], mergeExt: false, state: 'live', diff: 'given', held: true },
    ...{ reach: 'all', returning: [], references: [], company: { tokens: false, links: false, idempotency: false } },
  })
  const outcome = await unit.unit.session.writeBatch(plan, { tenant: unit.actor.tenant, revision: tenant.revision, rows, satellites: [] })
  throwRefusal(outcome, [])
  return rows.length
}

/** No hook took part. */
const alone = { authors: new Map<string, string>(), outcome: null } as const

/** Values are checked once each: an allocation gives the same few again and again. */
function encoder(unit: UnitScope, { runtime, id }: CompiledAllocation): (field: FieldDefinition, value: unknown) => unknown {
  const known = new Map<FieldDefinition, Map<unknown, unknown>>()
  return (field, value) => {
    const own = known.get(field) ?? new Map<unknown, unknown>()
    known.set(field, own)
    if (own.has(value)) return own.get(value)
    const { values, issues } = validatePatch(runtime.definition, patchOf([[field, value]]), { ...unit.kernel.kinds, privileged: true })
    if (issues.length > 0) throw crmError('DECIDER_INVALID', { decider: id, reason: `${field.name}: ${issues[0]?.message}` })
    const [stored] = storageValues(field, fieldValue(values, field))
    own.set(value, stored)
    return stored
  }
}

function columnOf({ storage, name }: FieldDefinition): string {
  const column = 'columns' in storage ? storage.columns[0]?.name : undefined
  if (column === undefined) throw new TypeError(`${name} is no column.`)
  return column
}
