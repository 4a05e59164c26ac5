import { decisionColumns, rowsOfDecision } from '../decision/rows.ts'
import { crmError } from '../error/crm-error.ts'
import { fieldValue } from '../object/field-value.ts'
import { inUnit, nowOf, type Scope } from '../scope/scope.ts'
import { decisionTable } from '../store/system-tables.ts'
import { readableRuntime, restrictionOf } from '../tenant/field-view.ts'
import { fieldOf } from '../tenant/object-runtime.ts'
import { withTenant } from '../tenant/tenants.ts'
import { getRecord, requireId } from './get.ts'

/** The decider that a revealed value is written down under. */
const decider = 'core.reveal'

/** A masked value of one record, for who may ask for it. Who asked for which field of which record is written down first. */
export function revealField(scope: Scope, object: string, id: string, name: string): Promise<unknown> {
  return withTenant(scope.kernel.tenants, scope, async (tenant) => {
    const runtime = tenant.runtime(object)
    const field = fieldOf(readableRuntime(scope, tenant, object).definition, name, '/field')
    // Not there and not allowed are one answer, before anything is said of the field.
    await getRecord(scope, object, requireId(id), { fields: [] })
    const may = restrictionOf(scope, runtime, name)
    if (may && !may.reveal) throw crmError('FORBIDDEN', { action: 'reveal' }, { path: '/field' })
    return inUnit(scope, async (unit) => {
      const record = await getRecord({ ...unit, privileged: true }, object, id)
      const { actor } = scope
      const stamp = { now: nowOf(unit), configVersion: tenant.revision, actor: { kind: actor.kind, id: actor.id } }
      const about = {
        decider,
        subject: { object, id: requireId(id) },
        outcome: 'decided',
        winner: actor.id,
        inputs: { field: name },
      } as const
      const { decision } = rowsOfDecision(about, stamp)
      await unit.unit.session.put(
        { table: decisionTable, columns: ['tenant_id', ...decisionColumns] },
        [[actor.tenant, ...decision]],
        'error',
      )
      return fieldValue(record, field)
    })
  })
}
