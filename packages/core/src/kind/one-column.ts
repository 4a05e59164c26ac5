import type { FieldDefinition } from '../object/definition.ts'
import type { ColumnType } from '../store/schema.ts'
import type { FieldKind } from './kind.ts'

type Derived = 'columns' | 'encode' | 'decode' | 'sortable' | 'groupable' | 'summable' | 'admin'

/** What a kind with one column says of itself; the rest follows from it. Admins may add fields of it unless it says otherwise. */
export interface OneColumn extends Omit<FieldKind, Derived>, Partial<Pick<FieldKind, 'sortable' | 'groupable' | 'summable' | 'admin'>> {
  readonly type: ColumnType
  read(raw: unknown, field: FieldDefinition): unknown
}

/** What is stored as the API spells it. */
export const asItIs = (value: unknown) => value

/** A kind whose value lives in one column. */
export function oneColumn({ type, ...kind }: OneColumn): FieldKind {
  const write = kind.write ?? asItIs
  return {
    admin: true,
    sortable: false,
    groupable: false,
    summable: false,
    ...kind,
    columns: [{ suffix: '', type }],
    write,
    encode: (value, field) => [write(value, field)],
    decode: (raw, field) => kind.read(raw[0], field),
  }
}
