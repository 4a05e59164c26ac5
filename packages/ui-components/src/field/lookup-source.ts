import type { Client } from '../client/client.ts'
import type { FieldView } from '../client/types.ts'

/** Something a lookup offers. */
export interface Choice {
  readonly id: string
  readonly name: string
}

const LIMIT = 20

/** What a field may point to, by what was typed; nothing typed brings the most recent. */
export async function findChoices(client: Client, field: FieldView, search: string, nameField: string, signal: AbortSignal): Promise<readonly Choice[]> {
  if (field.kind === 'user') return client.people({ search, limit: LIMIT }, signal)
  const page = await client.find(field.to ?? '', { search, limit: LIMIT, fields: [nameField], ...(search === '' && { sort: ['-updatedAt'] }) }, signal)
  return page.records.map((record) => ({ id: record.id, name: String(record[nameField] ?? record.id) }))
}
