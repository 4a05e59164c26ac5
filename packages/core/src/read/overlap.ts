import { allOf, Params, shapeOf } from '../expression/shape.ts'
import type { Overlap, Where } from '../record/records.ts'
import { authorise, type Scope, sessionOf } from '../scope/scope.ts'
import type { AggregatePlan } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { withTenant } from '../tenant/tenants.ts'
import { policyPredicate } from './policy.ts'
import { refuseStale } from './query.ts'
import { lowerWhere } from './where.ts'

const everything: Predicate = { op: 'and', of: [] }
const live: Predicate = { op: 'isNull', operand: { column: 'deleted_at', nullable: true } }

/** How many records satisfy each of two conditions, and both: one statement, so that the figures fit together. */
export function overlapOf(scope: Scope, object: string, a: Where, b: Where): Promise<Overlap> {
  return withTenant(scope.kernel.tenants, scope, async (tenant) => {
    const runtime = readableRuntime(scope, tenant, object)
    const reach = authorise(scope, 'read', object)
    const params = new Params(scope.actor.tenant)
    const policy = policyPredicate(reach, scope, params)
    const first = lowerWhere(a, tenant, runtime, scope, params, '/a') ?? everything
    const second = lowerWhere(b, tenant, runtime, scope, params, '/b') ?? everything
    const limit = params.add(1)
    const plan = runtime.aggregates.get(
      `overlap|${shapeOf(policy)}|${shapeOf(first)}|${shapeOf(second)}`,
      (): AggregatePlan => ({
        table: runtime.definition.table,
        where: allOf([live, policy, { op: 'or', of: [first, second] }]),
        groups: [],
        measures: [
          { as: 'm0', fn: 'countOf', where: first },
          { as: 'm1', fn: 'countOf', where: second },
          { as: 'm2', fn: 'countOf', where: { op: 'and', of: [first, second] } },
        ],
        limit,
        revision: true,
      }),
    )
    const [row] = await sessionOf(scope).aggregate(plan, params.values)
    refuseStale(row, tenant.revision)
    return { a: Number(row?.m0 ?? 0), b: Number(row?.m1 ?? 0), both: Number(row?.m2 ?? 0) }
  })
}
