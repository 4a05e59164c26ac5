import type { FieldView } from '../client/types.ts'

/** Values that only one record should have. */
export function isIdentifying({ kind, unique, operators }: FieldView): boolean {
  return (unique === true || kind === 'phone' || kind === 'email') && operators?.includes('eq') === true
}
