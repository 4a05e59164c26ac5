import { isBlank, isExpandable, readField, relatedOf, sameValue } from '../client/record.ts'
import type { Session } from '../client/session.ts'
import type { CrmRecord, ObjectView, RelatedRecord } from '../client/types.ts'
import type { CrmField } from '../field/field.ts'
import { asList } from '../format/option.ts'

type Related = Record<string, RelatedRecord | readonly RelatedRecord[] | null>

/** Names of what the saved record points to: the answer of a write has only their ids, the form knows what was chosen. */
export function relatedFrom(fields: readonly CrmField[], saved: CrmRecord, shown: CrmRecord | null): Related {
  const known = Object.entries(shown?.related ?? {}).filter(
    ([name]) => sameValue(saved[name], readField(shown, name)) || relatedOf(shown, name)[0]?.id === saved[name],
  )
  const chosen = fields
    .filter(({ field, value }) => isExpandable(field) && sameValue(value, saved[field.name]))
    .map((control) => {
      const { field, value } = control
      const named = asList(value).map((id) => ({ id, name: control.nameOf(id) }))
      return [field.name, field.kind === 'links' ? named : (named[0] ?? null)] as const
    })
  return { ...saved.related, ...Object.fromEntries(known), ...Object.fromEntries(chosen) }
}

/** The same with the names of what the server has filled in by itself: an owner, a first stage. They are asked for only where nobody here knows them. */
export async function withServersOwn(session: Session, object: ObjectView, saved: CrmRecord, related: Related): Promise<Related> {
  const me = await session.me().catch(() => null)
  if (me) session.keepPeople([{ id: me.identity.id, name: me.identity.name ?? me.identity.id }])
  const nameless = object.fields.filter(
    (field) => isExpandable(field) && field.kind !== 'links' && !isBlank(saved[field.name]) && isBlank(related[field.name]),
  )
  const people = nameless.flatMap(({ name, kind }) => {
    const person = kind === 'user' ? session.person(String(saved[name])) : undefined
    return person ? [[name, { id: person.id, name: person.name }] as const] : []
  })
  const named = { ...related, ...Object.fromEntries(people) }
  const expand = nameless.map(({ name }) => name).filter((name) => isBlank(named[name]))
  if (expand.length === 0) return named
  const read = await session.client.get(object.name, saved.id, { expand }).catch(() => null)
  return { ...read?.related, ...named }
}
