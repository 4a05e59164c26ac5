import { type FieldKind, KindRefusal } from './kind.ts'
import { propertyProblems } from './property-check.ts'
import { readJson } from './raw-value.ts'
import { idIn, idSchema } from './reference.ts'

const mostLinks = 1_000

/** Pairs have no order in their table, so the ids are kept sorted; the same set is then the same value. */
function linksIn(value: unknown): string[] {
  if (!Array.isArray(value)) throw new KindRefusal('VALUE_TYPE', { expected: 'array' })
  const ids = new Set(value.map(idIn))
  if (ids.size < value.length) throw new KindRefusal('VALUE_REPEATED')
  return [...ids].sort()
}

const listed = { admin: false, extType: 'json', sortable: false, groupable: false, summable: false } as const

/** Ids of records of another object: a list on the row for reading, a table of pairs for filters. Never null. */
export const links: FieldKind = {
  ...listed,
  columns: [{ suffix: '', type: 'json' }],
  name: 'links',
  operators: ['hasAny', 'hasAll', 'hasNone'],
  check: (property) => [
    ...propertyProblems(property, { types: ['array'], keys: ['to'] }),
    ...(property.to ? [] : ['links need "to", the object they point to']),
  ],
  schema: () => ({ type: 'array', maxItems: mostLinks, items: idSchema }),
  normalise: linksIn,
  encode: (value) => [JSON.stringify(value)],
  decode: ([raw]) => readJson(raw),
  operand: idIn,
}

/** Records of another object that point back here; read from there, never written here. */
export const children: FieldKind = {
  ...listed,
  columns: [],
  name: 'children',
  operators: [],
  check: (property) => [
    ...propertyProblems(property, { types: ['array'], keys: ['to', 'by'] }),
    ...(property.to && property.by ? [] : ['children need "to", the object, and "by", its reference field that points back here']),
  ],
  schema: () => ({ type: 'array', maxItems: 0 }),
  encode: () => [],
  decode: () => [],
  operand: () => {
    throw new KindRefusal('VALUE_TYPE', { expected: 'nothing' })
  },
}
