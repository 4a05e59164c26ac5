import type { FieldDefinition, Session } from '@guanxi/core'
import { readPages } from './read-pages.ts'

/** A record that is there already, with the fields an import may change. */
export interface Existing {
  readonly id: string
  readonly version: number
  readonly values: Readonly<Record<string, unknown>>
}

const question = 500

/** Values of the key as one text, to compare records and rows by. */
export function keyText(values: readonly unknown[]): string {
  return JSON.stringify(values)
}

/** Reads the records whose key is one of these; several for a key that is not unique. */
export async function readExisting(
  session: Session,
  object: string,
  key: readonly FieldDefinition[],
  wanted: readonly (readonly unknown[])[],
  fields: readonly string[],
): Promise<Map<string, Existing[]>> {
  const found = new Map<string, Existing[]>()
  const texts = new Set(wanted.map(keyText))
  for (let start = 0; start < wanted.length; start += question) {
    const part = wanted.slice(start, start + question)
    const where = Object.fromEntries(key.map(({ name }, index) => [name, { in: [...new Set(part.map((values) => values[index]))] }]))
    for await (const record of readPages(session, object, where, fields)) {
      const text = keyText(key.map((field) => fieldValue(record, field.name)))
      // Parts of composite keys may meet in records that nobody asked for.
      if (!texts.has(text)) continue
      const list = found.get(text) ?? []
      if (!list.some(({ id }) => id === record.id)) list.push({ id: String(record.id), version: Number(record.version), values: record })
      found.set(text, list)
    }
  }
  return found
}

/** A field's value in a record, `custom.` fields included. */
export function fieldValue(record: Readonly<Record<string, unknown>>, name: string): unknown {
  if (!name.startsWith('custom.')) return record[name]
  return (record.custom as Readonly<Record<string, unknown>> | undefined)?.[name.slice('custom.'.length)]
}
