import type { FieldKind, FieldView, Me, ObjectView } from '../client/types.ts'
import { peopleObject, peopleView } from './people-object.ts'

const never: readonly FieldKind[] = ['file', 'children']
const keyKinds: readonly FieldKind[] = ['text', 'choice', 'phone', 'email', 'integer', 'decimal', 'date', 'instant', 'reference', 'user']
const ownObjects = /^import_/

/** What this reader may import into: objects they may add to, and the directory for those who may define. */
export function targetsFor(objects: readonly ObjectView[], me: Me): readonly ObjectView[] {
  const own = objects.filter(({ name, permissions }) => permissions.includes('create') && !ownObjects.test(name))
  return me.permissions.import_job?.includes('define') ? [...own, peopleView] : own
}

/** The record's own id, in files that were exported here; definitions do not list it. */
const idField: FieldView = { name: 'id', kind: 'text', layer: 'system', label: { 'zh-CN': '编号', en: 'ID' } }

/** Fields a column may be read into. */
export function importableFields(object: ObjectView): readonly FieldView[] {
  const fields = object.name === peopleObject ? object.fields : [...object.fields.filter(({ name }) => name !== 'id'), idField]
  return fields.filter(
    ({ name, kind, readOnly, layer }) =>
      !never.includes(kind) && !readOnly && (layer !== 'system' || name === 'id' || name === 'ownerId' || name === 'teamId'),
  )
}

/** Can records be told apart by it? */
export function canBeKey({ kind }: FieldView): boolean {
  return keyKinds.includes(kind)
}

/** Does it point to records or people, so that its cells are names? */
export function isLink({ kind }: FieldView): boolean {
  return kind === 'reference' || kind === 'anyReference' || kind === 'links' || kind === 'user'
}

/** Has it a list of values to choose from? */
export function hasOptions({ kind, options }: FieldView): boolean {
  return (kind === 'choice' || kind === 'multiChoice') && (options?.length ?? 0) > 0
}

/** Are its cells numbers? */
export function isNumber({ kind }: FieldView): boolean {
  return kind === 'integer' || kind === 'number' || kind === 'decimal' || kind === 'money'
}

/** Are its cells days or times? */
export function isTime({ kind }: FieldView): boolean {
  return kind === 'date' || kind === 'instant'
}

/** What files of an object are usually called; the first that fits is taken. */
const usual: readonly (readonly [object: string, called: RegExp])[] = [
  ['contact', /contact|联系人/i],
  ['lead', /lead|prospect|线索/i],
  ['deal', /deal|pipeline|opportunit|商机/i],
  ['product', /product|item|catalog|产品|商品/i],
  ['activity', /activit|visit|follow|跟进|拜访/i],
  ['customer', /customer|account|compan|client|客户|公司/i],
  ['@people', /people|person|staff|agent|employee|team|人员|员工|团队|同事/i],
]

/** The object a file is probably about, by its name. */
export function guessTarget(file: string, targets: readonly ObjectView[]): string | null {
  const bare = file.replace(/\.[^.]+$/, '').toLowerCase()
  const known = usual.find(([object, called]) => called.test(bare) && targets.some(({ name }) => name === object))
  if (known) return known[0]
  const named = targets.find(({ name, label, pluralLabel }) =>
    [name, ...Object.values(label), ...Object.values(pluralLabel)].some((word) => bare.includes(String(word).toLowerCase())),
  )
  return named?.name ?? null
}
