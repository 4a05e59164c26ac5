import type { HookOperation } from '../hook/hook.ts'
import { meets } from '../logic/needed.ts'
import type { Scope } from '../scope/scope.ts'
import { PlanCache } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { type CompiledSave, compileSave } from './compile-save.ts'
import { RuleGroup } from './group.ts'

/** What acts when records of an object are saved, in a tenant at one revision. */
export interface ObjectRules {
  /** Those that set fields or do more, in their order. */
  readonly acting: readonly CompiledSave[]
  /** Those that refuse. */
  readonly checking: readonly CompiledSave[]
  /** Those left out because they no longer fit, and why. */
  readonly broken: ReadonlyMap<string, unknown>
  /** Those of a part that look at a write of these fields. */
  concerned(part: 'acting' | 'checking', operation: HookOperation, touched: ReadonlySet<string>): RuleGroup
}

const known = new WeakMap<Tenant, Map<string, ObjectRules | null>>()

/** Compiled when first asked for; null where nothing acts, which costs nothing. */
export function rulesOf(scope: Scope, tenant: Tenant, object: string): ObjectRules | null {
  if (!tenant.rules.has(object)) return null
  const made = known.get(tenant) ?? new Map<string, ObjectRules | null>()
  known.set(tenant, made)
  const found = made.get(object)
  if (found !== undefined) return found
  const rules = compileAll({ ...scope, privileged: true }, tenant, object)
  made.set(object, rules)
  return rules
}

/** A rule whose field is gone is left out and said so; saves go on without it. */
function compileAll(scope: Scope, tenant: Tenant, object: string): ObjectRules {
  const broken = new Map<string, unknown>()
  const all = (tenant.rules.get(object) ?? []).flatMap((active) => {
    try {
      return [compileSave(scope, tenant, active)]
    } catch (error) {
      broken.set(active.id, error)
      scope.kernel.log({
        level: 'warn',
        message: 'A rule does not fit any more and is left out.',
        tenant: tenant.id,
        rule: active.id,
        error,
      })
      return []
    }
  })
  const parts = {
    acting: all.filter(({ body }) => body.kind !== 'validation'),
    checking: all.filter(({ body }) => body.kind === 'validation'),
  }
  const groups = new PlanCache<RuleGroup>()
  return {
    ...parts,
    broken,
    concerned(part, operation, touched) {
      const shape = operation === 'create' ? `${part} create` : `${part} update ${[...touched].sort().join(' ')}`
      return groups.get(shape, () => new RuleGroup(parts[part].filter((one) => looksAt(one, operation, touched))))
    },
  }
}

const looksAt = ({ body, triggers }: CompiledSave, operation: HookOperation, touched: ReadonlySet<string>): boolean =>
  operation === 'create' ? body.on.includes('create') : body.on.includes('update') && meets(triggers, touched)

/** Ids of those that look at a write of these fields: a statement alone does not ask them. */
export function rulesConcerned(scope: Scope, tenant: Tenant, object: string, fields: readonly string[]): readonly string[] {
  const rules = rulesOf(scope, tenant, object)
  if (!rules) return []
  const touched = new Set(fields)
  return (['acting', 'checking'] as const).flatMap((part) => rules.concerned(part, 'update', touched).deciders.map(({ id }) => id))
}
