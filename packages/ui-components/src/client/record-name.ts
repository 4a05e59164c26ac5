import type { ObjectView } from './types.ts'

/** The fields that hold what a record of the object is called in the reader's language, the first of them not empty being it. */
export function namedBy({ nameField, fields }: Pick<ObjectView, 'nameField' | 'fields'>, locale: string): readonly string[] {
  const inEnglish = locale === 'en' && nameField === 'name' && fields.some(({ name }) => name === 'nameEn')
  return inEnglish ? ['nameEn', 'name'] : [nameField ?? 'id']
}

/** What a record is called, by the fields that {@link namedBy} found. */
export function nameIn(record: { readonly id: string; readonly [field: string]: unknown }, names: readonly string[]): string {
  return String(names.map((name) => record[name]).find((value) => value != null && value !== '') ?? record.id)
}
