import type { FieldView, ObjectView } from '../client/types.ts'

/** A value that a sentence can show, under a name for its place. */
export interface SentenceValue {
  readonly name: string
  readonly labels: readonly ObjectView['label'][]
  /** Days that have passed since it. */
  readonly isDays: boolean
  readonly logic: unknown
}

const plain = new Set(['text', 'phone', 'email', 'url', 'choice', 'integer', 'number', 'decimal', 'money', 'boolean', 'date', 'instant'])

/** What a sentence about a record can show: its fields, the names of what it refers to, and how long ago something was. */
export function sentenceValues(object: ObjectView, objects: ReadonlyMap<string, ObjectView>): readonly SentenceValue[] {
  return object.fields.filter(({ name, kind }) => !hidden.has(name) && kind !== 'longText').flatMap((field) => ofField(field, objects))
}

/** The same of a record that is being saved: only its own fields are known then. */
export const ownValues = (object: ObjectView): readonly SentenceValue[] =>
  sentenceValues(object, new Map()).filter(({ logic }) => !String((logic as { readonly var?: unknown }).var ?? '').endsWith('.name'))

const hidden = new Set(['id', 'version', 'createdBy', 'updatedBy', 'deletedAt', 'rank'])

function ofField(field: FieldView, objects: ReadonlyMap<string, ObjectView>): readonly SentenceValue[] {
  const { name, kind, label, to } = field
  const short = placeName(name)
  if (kind === 'reference') {
    const target = to ? objects.get(to) : undefined
    if (!target?.nameField) return []
    return [{ name: short, labels: [label], isDays: false, logic: { var: `${name}.${target.nameField}` } }]
  }
  if (kind === 'user' || name === 'teamId') return [{ name: short, labels: [label], isDays: false, logic: { var: `${name}.name` } }]
  if (!plain.has(kind)) return []
  const itself = { name: short, labels: [label], isDays: false, logic: { var: name } }
  if (kind !== 'date' && kind !== 'instant') return [itself]
  const end = kind === 'date' ? { today: [] } : { now: [] }
  return [{ name: `${short}Days`, labels: [label], isDays: true, logic: { daysBetween: [{ var: name }, end] } }, itself]
}

/** `custom.engagedOn` → engagedOn, `stageId` → stage: what stands between the braces. */
function placeName(field: string): string {
  const own = field.replace(/^custom\./, '').replace(/Id$/, '')
  const name = own.replace(/[^a-zA-Z0-9]/g, '')
  return /^[a-zA-Z]/.test(name) ? name.slice(0, 50) : `value${name.slice(0, 40)}`
}
