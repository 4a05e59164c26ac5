import type { AllocationCode, AllocationMetric } from '../decider/allocation.ts'
import type { AllocationBody, DeciderBody } from '../decider/body.ts'
import { crmError } from '../error/crm-error.ts'
import type { CompiledExpression } from '../expression/compile-expression.ts'
import type { FieldDefinition } from '../object/definition.ts'
import type { Scope } from '../scope/scope.ts'
import { checkOf } from '../sweep/check.ts'
import type { DeciderSource } from '../sweep/compile-decider.ts'
import { owned, runnerFor, settable } from '../sweep/compile-set.ts'
import { settingValues, withSettings } from '../sweep/setting-values.ts'
import { fieldOf, type ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'

/** A version of an allocation, ready to run in one tenant at one revision. */
export interface CompiledAllocation {
  readonly id: string
  readonly version: number
  readonly body: DeciderBody
  readonly tenant: Tenant
  readonly runtime: ObjectRuntime
  /** Which records are to be given. */
  readonly subjects: CompiledExpression
  /** Which of them a pilot is about; null = all. */
  readonly part: CompiledExpression | null
  readonly order: readonly { readonly field: FieldDefinition; readonly descending: boolean }[]
  readonly fields: readonly FieldDefinition[]
  /** Why its fields cannot be set by a statement alone. */
  readonly needs: readonly string[]
  readonly code: AllocationCode
  readonly metrics: Readonly<Record<string, AllocationMetric>>
}

/** Checks a version. DECIDER_CODE where this process has not the code it was made with. */
export function compileAllocation(scope: Scope, tenant: Tenant, source: DeciderSource): CompiledAllocation {
  const { id, version, body, pilot } = source
  const { code, subjects, order, sets } = body.allocation as AllocationBody
  const runtime = tenant.runtime(body.object)
  const { definition } = runtime
  const check = checkOf(scope, tenant, body.object)
  const made = scope.kernel.contributions.deciders.find((one) => one.id === id)
  const own = made?.kind === 'allocation' ? made.codes.find((one) => one.code === code) : undefined
  if (made?.kind !== 'allocation' || !own) throw crmError('DECIDER_CODE', { decider: id, code: String(code) }, { path: '/version' })
  const fields = sets.map((name) => settableField(runtime, name))
  return {
    id,
    version,
    body,
    tenant,
    runtime,
    subjects: check.condition(withSettings(subjects, settingValues(scope.kernel, tenant, body.settings)), '/subjects'),
    part: pilot === undefined || pilot === null ? null : check.condition(pilot, '/pilot'),
    order: order.map((term, index) => orderOf(runtime, term, `/order/${index}`)),
    fields,
    needs: fields.flatMap(
      (field) => (field.kind === 'reference' ? `${field.name} points to a record` : runnerFor(definition, field, null)) ?? [],
    ),
    code: own,
    metrics: made.metrics,
  }
}

function settableField({ definition }: ObjectRuntime, name: string): FieldDefinition {
  const field = fieldOf(definition, name, '/sets')
  if (settable.has(field.kind) && !owned.has(name) && !field.formula) return field
  throw crmError('PARAMETER_INVALID', { name: 'sets', reason: `“${name}” (${field.kind}) cannot be set by a decider` }, { path: '/sets' })
}

function orderOf({ definition }: ObjectRuntime, term: string, path: string): CompiledAllocation['order'][number] {
  const field = fieldOf(definition, term.replace(/^-/, ''), path)
  if (field.storage.at === 'columns' && field.storage.columns.length === 1) return { field, descending: term.startsWith('-') }
  throw crmError('PARAMETER_INVALID', { name: 'order', reason: `“${field.name}” cannot be sorted by here` }, { path })
}
