import type { DeciderPreview } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import { concernedLogic } from '../logic/needed.ts'
import type { FieldDefinition } from '../object/definition.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import type { CompiledDecider } from './compile-decider.ts'

const phases = ['check', 'before', 'after'] as const

/** Can one statement do it, or do hooks and fields need the write runner? */
export function wayOf(scope: Scope, { body, rules, fields, runtime, tenant }: CompiledDecider): DeciderPreview['path'] {
  const needs = rules.flatMap(({ sets }) => sets.flatMap(({ needsRunner }) => needsRunner ?? []))
  return wayThrough(scope, { tenant, object: body.object, runtime, fields, needs })
}

/** The same for whatever sets these fields. */
export function wayThrough(
  scope: Scope,
  {
    tenant,
    object,
    runtime,
    fields,
    needs,
  }: {
    readonly tenant: Tenant
    readonly object: string
    readonly runtime: ObjectRuntime
    readonly fields: readonly FieldDefinition[]
    readonly needs: readonly string[]
  },
): DeciderPreview['path'] {
  const { kernel } = scope
  const names = fields.map(({ name }) => name)
  const hooks = phases.flatMap((phase) => kernel.hooks.hooksFor(object, phase, 'update', names).map(({ id }) => `${id} listens`))
  const rulesOnSave = kernel.rules.concerned(scope, tenant, object, names).map((id) => `${id} acts on save`)
  const because = [...new Set([...hooks, ...needs, ...concernedLogic(runtime.logic, names), ...rulesOnSave])]
  return { way: because.length === 0 ? 'statement' : 'batches', because }
}

/** Records that rules point to must be there: a statement of many rows does not look. */
export async function requireTargets(scope: Scope, { rules, tenant }: CompiledDecider): Promise<void> {
  for (const [index, { sets }] of rules.entries()) {
    for (const { field, constant } of sets) {
      if (field.kind !== 'reference' || constant === null || constant.value === null) continue
      const plan: SelectPlan = {
        table: tenant.runtime(field.to ?? '').definition.table,
        columns: ['id'],
        where: {
          op: 'and',
          of: [
            { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 },
            { op: 'isNull', operand: { column: 'deleted_at', nullable: true } },
          ],
        },
        order: [],
        revision: false,
      }
      const found = await sessionOf(scope).select(plan, [scope.actor.tenant, constant.stored])
      if (found.length === 0) throw crmError('VALUE_REFERENCE', {}, { path: `/rules/${index}/set/${field.name}` })
    }
  }
}
