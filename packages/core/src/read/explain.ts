import { compileNode } from '../expression/closure/compile.ts'
import { factsOf } from '../expression/facts.ts'
import { type Explanation, explainNode } from '../expression/sentence/explain.ts'
import type { Where } from '../record/records.ts'
import type { Scope } from '../scope/scope.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { withTenant } from '../tenant/tenants.ts'
import { contextOf } from './context.ts'
import { namesFor } from './explain-names.ts'
import { getRecord } from './get.ts'
import { loadRelations } from './load-relations.ts'
import { checkWhere } from './where.ts'

/** Why a record is among those that a filter finds, or is not. */
export async function explainRecord(scope: Scope, object: string, id: string, where: Where): Promise<Explanation> {
  const record = await getRecord(scope, object, id)
  return withTenant(scope.kernel.tenants, scope, async (tenant) => {
    const node = checkWhere(where, tenant, readableRuntime(scope, tenant, object), scope)
    await loadRelations(scope, tenant, object, [record as { id: string }], factsOf(node).relationsNeeded)
    const context = { ...contextOf(scope, tenant), names: await namesFor(scope, tenant, node, record) }
    return explainNode(node, compileNode(node)(record, context), { record, context, compile: compileNode })
  })
}
