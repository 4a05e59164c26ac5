import { isExpandable, readField, relatedOf, sameValue } from '../client/record.ts'
import type { CrmRecord, RelatedRecord } from '../client/types.ts'
import type { CrmField } from '../field/field.ts'
import { asList } from '../format/option.ts'

/** Names of what the saved record points to: the answer of a write has only their ids, the form knows what was chosen. */
export function relatedFrom(
  fields: readonly CrmField[],
  saved: CrmRecord,
  shown: CrmRecord | null,
): Record<string, RelatedRecord | readonly RelatedRecord[] | null> {
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
