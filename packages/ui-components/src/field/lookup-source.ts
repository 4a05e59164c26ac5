import { namedBy, nameIn } from '../client/record-name.ts'
import type { Session } from '../client/session.ts'
import type { FieldView, RecordValues } from '../client/types.ts'

/** Something a lookup offers. */
export interface Choice {
  readonly id: string
  readonly name: string
}

/** Reads what other fields of the same form hold. */
export type Siblings = (name: string) => unknown

const LIMIT = 20

/** What a field may point to, by what was typed; nothing typed brings the first in their own order, else the most recent. */
export async function findChoices(
  session: Session,
  field: FieldView,
  search: string,
  siblings: Siblings | null,
  signal: AbortSignal,
  locale: string,
): Promise<readonly Choice[]> {
  if (field.kind === 'user') return session.client.people({ search, limit: LIMIT }, signal)
  const target = await session.object(field.to ?? '')
  const names = namedBy(target, locale)
  const isOrdered = target.fields.some((one) => one.name === 'order')
  const sort = isOrdered ? ['order'] : search === '' ? ['-updatedAt'] : []
  const page = await session.client.find(
    target.name,
    { search, limit: LIMIT, fields: names, sort, where: shared(field, target.fields, siblings) },
    signal,
  )
  return page.records.map((record) => ({ id: record.id, name: nameIn(record, names) }))
}

/** A stage of the chosen pipeline, a contact of the chosen customer: what both point to must be the same. */
function shared(field: FieldView, targets: readonly FieldView[], siblings: Siblings | null): RecordValues {
  // An object that points to its own kind (a deal to the one before) shares fields without meaning that.
  if (targets.some((one) => one.name === field.name)) return {}
  const names = targets.filter((one) => one.kind === 'reference').map((one) => one.name)
  return Object.fromEntries(names.map((name) => [name, siblings?.(name)]).filter(([, value]) => typeof value === 'string'))
}
