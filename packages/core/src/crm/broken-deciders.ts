import type { DeciderView } from '../decider/deciders.ts'
import { inUnit, type Scope, sessionOf } from '../scope/scope.ts'
import type { Life } from '../sweep/life.ts'
import { viewOf } from '../sweep/view.ts'
import { keepBrokenSince, readBrokenSince } from '../tenant/active-rules.ts'
import type { Tenant } from '../tenant/tenants.ts'

/** Deciders as their readers see them; since when one is broken is read only where one is. */
export async function viewsOf(scope: Scope, tenant: Tenant, lives: readonly Life[]): Promise<readonly DeciderView[]> {
  const views = lives.map((life) => viewOf(scope, tenant, life))
  if (views.every(({ broken }) => broken === null)) return views
  const since = await readBrokenSince(sessionOf(scope), scope.actor.tenant)
  return lives.map((life) => viewOf(scope, tenant, life, since))
}

/** Keeps since when rules are broken, and that others are not any more; answers what is new. */
export async function noteBroken(scope: Scope, tenant: Tenant, lives: readonly Life[]): Promise<readonly DeciderView[]> {
  const known = await readBrokenSince(sessionOf(scope), scope.actor.tenant)
  const views = lives.map((life) => viewOf(scope, tenant, life, known))
  const found = views.filter(({ id, broken }) => broken && !known.has(id))
  const mended = views.filter(({ id, broken }) => !broken && known.has(id))
  if (found.length + mended.length === 0) return []
  return inUnit(scope, async ({ unit, actor }) => {
    const news: DeciderView[] = []
    for (const view of found)
      if (await keepBrokenSince(unit.session, actor.tenant, view.id, unit.now))
        news.push({ ...view, broken: view.broken && { ...view.broken, since: unit.now } })
    for (const { id } of mended) await keepBrokenSince(unit.session, actor.tenant, id, null)
    return news
  })
}
