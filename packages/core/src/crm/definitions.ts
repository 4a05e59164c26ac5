import { crmError } from '../error/crm-error.ts'
import type { ObjectDefinition } from '../object/definition.ts'
import { newOverlayField, newOverlayValidation, type Overlay, parseOverlay, serialiseOverlay } from '../object/overlay.ts'
import type { ValidationSchema } from '../object/schema.ts'
import { authorise, inUnit, nowOf, type Scope, type UnitScope } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import { stepRevision } from '../store/revision.ts'
import { overlayTable } from '../store/system-tables.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { withTenant } from '../tenant/tenants.ts'
import { recomputeObject } from '../write/recompute.ts'
import type { Definitions } from './crm.ts'

/** Definitions as one actor sees and changes them. */
export function createDefinitions(scope: Scope): Definitions {
  const { tenants, access } = scope.kernel
  return {
    list: () =>
      withTenant(tenants, scope, async (tenant) =>
        tenant
          .definitions()
          .filter(({ name }) => access.judge(scope.actor, 'read', name).allowed)
          .map(({ name }) => readableRuntime(scope, tenant, name).definition),
      ),
    get: (object) => withTenant(tenants, scope, async (tenant) => readable(scope, readableRuntime(scope, tenant, object).definition)),
    operators: () => scope.kernel.operatorViews,
    addField: async (object, name, property) => {
      const definition = await changeOverlay(scope, object, (overlay) => ({
        ...overlay,
        fields: [...overlay.fields, newOverlayField(object, overlay, name, property)],
      }))
      // Records that are there already have a value from the start.
      if (property.formula?.mode === 'stored') await recomputeObject({ ...scope, privileged: true }, object)
      return definition
    },
    addValidation: (object, validation) => addValidation(scope, object, validation),
    removeValidation: (object, id) => removeValidation(scope, object, id),
  }
}

function readable(scope: Scope, definition: ObjectDefinition): ObjectDefinition {
  if (scope.privileged || scope.kernel.access.judge(scope.actor, 'read', definition.name).allowed) return definition
  throw crmError('OBJECT_UNKNOWN', { object: definition.name })
}

/** Changes the tenant's overlay and moves the revision, in one transaction: every node learns it with its next statement. */
async function changeOverlay(scope: Scope, object: string, change: (overlay: Overlay) => Overlay): Promise<ObjectDefinition> {
  const { tenants } = scope.kernel
  const definition = await withTenant(tenants, scope, async (tenant) => {
    tenant.runtime(object)
    authorise(scope, 'define', object)
    return inUnit(scope, async (unit) => {
      const next = serialiseOverlay(change(parseOverlay(object, await lockedOverlay(unit, object))))
      tenants.checkOverlay(tenant, object, next)
      const { session, now } = unit.unit
      await session.put(
        { table: overlayTable, columns: overlayColumns },
        [[scope.actor.tenant, object, next, now, scope.actor.id]],
        'replace',
      )
      return readableRuntime(unit, await tenants.reload(unit), object).definition
    })
  })
  // It is saved by now: who cannot read it back at once reads it at the next call.
  if (!scope.unit) await tenants.reload(scope).catch(() => {})
  return definition
}

function addValidation(scope: Scope, object: string, validation: ValidationSchema): Promise<ObjectDefinition> {
  return changeOverlay(scope, object, (overlay) => ({
    ...overlay,
    validations: [...(overlay.validations ?? []), newOverlayValidation(object, overlay, validation)],
  }))
}

function removeValidation(scope: Scope, object: string, id: string): Promise<ObjectDefinition> {
  return changeOverlay(scope, object, (overlay) => {
    const { validations = [] } = overlay
    if (!validations.some((validation) => validation.id === id))
      throw crmError('PARAMETER_INVALID', { name: 'id', reason: 'no admin made a validation of this id' }, { path: '/id' })
    return { ...overlay, validations: validations.filter((validation) => validation.id !== id) }
  })
}

const overlayColumns = ['tenant_id', 'object', 'overlay', 'updated_at', 'updated_by']

const overlayPlan: SelectPlan = {
  table: overlayTable,
  columns: ['overlay'],
  where: { op: 'eq', operand: { column: 'object', nullable: false }, param: 1 },
  order: [],
  revision: false,
}

/** The overlay under the tenant's lock; the revision moves with it, so two admins never overwrite each other. */
async function lockedOverlay(scope: UnitScope, object: string): Promise<unknown> {
  const { session } = scope.unit
  const { tenant } = scope.actor
  await stepRevision(session, tenant, nowOf(scope))
  const [stored] = await session.select(overlayPlan, [tenant, object])
  return stored?.overlay
}
