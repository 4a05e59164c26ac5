import type { Crm, Session, TailChange, Where } from '@guanxi/core'

/** Ids that one message names of an object; more = everything may have changed. */
const mostIds = 200

/** What of an object's records a reader has to look at again. */
export type ObjectNews =
  | { readonly object: string; readonly changed: readonly string[]; readonly gone: readonly string[] }
  | { readonly object: string; readonly reset: true }

/** What a reader follows. */
export interface LiveView {
  readonly objects: readonly string[]
  /** Only with one object. */
  readonly where?: Where
}

/** What a reader may know of these changes, by their rights at this moment. */
export async function newsFor(
  crm: Crm<never>,
  session: Session,
  { objects, where }: LiveView,
  changes: readonly TailChange[],
): Promise<ObjectNews[]> {
  const news: ObjectNews[] = []
  for (const object of objects) {
    const own = changes.filter((change) => change.object === object)
    if (own.length === 0) continue
    const ids = [...new Set(own.map(({ recordId }) => recordId))]
    if (ids.length > mostIds) {
      news.push({ object, reset: true })
      continue
    }
    const changed = await visible(session, object, ids, where)
    const gone = await lost(crm, session, object, own, new Set(changed))
    if (changed.length + gone.length > 0) news.push({ object, changed, gone })
  }
  return news
}

async function visible(session: Session, object: string, ids: readonly string[], where: Where | undefined): Promise<string[]> {
  const these: Where = { id: { in: ids } }
  const { records } = await session.records(object).find({ where: where ? { and: [these, where] } : these, fields: [], limit: mostIds })
  return records.map(({ id }) => id)
}

/** Records that the reader could see before: who reads all could see each, who reads their own those they owned. */
async function lost(
  crm: Crm<never>,
  session: Session,
  object: string,
  changes: readonly TailChange[],
  seen: ReadonlySet<string>,
): Promise<string[]> {
  const hidden = changes.filter(({ recordId }) => !seen.has(recordId))
  const ids = [...new Set(hidden.map(({ recordId }) => recordId))]
  if (ids.length === 0 || session.reach(object) === 'all') return ids
  const { id: me, tenant } = session.identity
  const taken = hidden.filter(({ ownerBefore }) => ownerBefore === me).map(({ recordId }) => recordId)
  const system = crm.as({ id: 'system', kind: 'system', ...(tenant !== undefined && { tenant }) })
  const mine: Where = { and: [{ id: { in: ids } }, { ownerId: me }] }
  const still = [
    ...(await system.records(object).find({ where: mine, deleted: 'only', fields: [], limit: mostIds })).records,
    ...(await system.records(object).find({ where: mine, fields: [], limit: mostIds })).records,
  ]
  return [...new Set([...taken, ...still.map(({ id }) => id)])]
}
