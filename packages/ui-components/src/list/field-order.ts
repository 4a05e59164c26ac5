import type { FieldView } from '../client/types.ts'

/** Kept by the store for itself; of a record that is listed they tell nothing. */
const silent = new Set(['id', 'version', 'rank', 'deletedAt'])

/** Does the field tell people anything? */
export const isTold = ({ name }: FieldView): boolean => !silent.has(name)

/** What the record is about, then whose it is, then when and by whom it was written. */
export function ownFirst(fields: readonly FieldView[]): readonly FieldView[] {
  const place = ({ layer, name }: FieldView) => (layer !== 'system' ? 0 : name === 'ownerId' || name === 'teamId' ? 1 : 2)
  return [...fields].sort((a, b) => place(a) - place(b))
}
