import type { FieldView, ObjectView } from '../client/types.ts'

/** What of it is told: the value, the days since then, or of child records how many there are and when there was one last. */
export type Told = 'value' | 'days' | 'number' | 'last' | 'daysSinceLast'

/** How it is called, but for the value itself. */
export const toldAs = { days: 'rules.daysSince', number: 'rules.number', last: 'rules.last', daysSinceLast: 'rules.daysSinceLast' } as const

/** A value that a sentence can show, under a name for its place. */
export interface SentenceValue {
  readonly name: string
  readonly labels: readonly ObjectView['label'][]
  readonly what: Told
  readonly logic: unknown
}

const plain = new Set(['text', 'phone', 'email', 'url', 'choice', 'integer', 'number', 'decimal', 'money', 'boolean', 'date', 'instant'])

/** What a sentence about a record can show: its fields, the names of what it refers to, how long ago something was, and what happened on it. */
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
    return [{ name: short, labels: [label], what: 'value', logic: { var: `${name}.${target.nameField}` } }]
  }
  if (kind === 'user' || name === 'teamId') return [{ name: short, labels: [label], what: 'value', logic: { var: `${name}.name` } }]
  if (kind === 'children') return ofChildren(field, objects)
  if (!plain.has(kind)) return []
  const itself = { name: short, labels: [label], what: 'value', logic: { var: name } } as const
  if (kind !== 'date' && kind !== 'instant') return [itself]
  return [{ name: `${short}Days`, labels: [label], what: 'days', logic: daysSince({ var: name }, kind) }, itself]
}

const daysSince = (logic: unknown, kind: string) => ({ daysBetween: [logic, kind === 'date' ? { today: [] } : { now: [] }] })

/** Of child records: by each of their times when there was one last, and how many there are. */
function ofChildren({ name, label, to }: FieldView, objects: ReadonlyMap<string, ObjectView>): readonly SentenceValue[] {
  const child = to ? objects.get(to) : undefined
  if (!child) return []
  const short = placeName(name)
  const times = child.fields.filter(({ kind, layer }) => (kind === 'date' || kind === 'instant') && layer !== 'system')
  const told = times.flatMap(({ name: time, label: timeLabel, kind }): SentenceValue[] => {
    const own = placeName(time)
    const last = { maxOf: [{ var: name }, { var: time }] }
    const place = `${short}${own.charAt(0).toUpperCase()}${own.slice(1)}`.slice(0, 55)
    const labels = [label, timeLabel]
    return [
      { name: `${place}Days`, labels, what: 'daysSinceLast', logic: daysSince(last, kind) },
      { name: place, labels, what: 'last', logic: last },
    ]
  })
  return [...told, { name: `${short}Count`, labels: [label], what: 'number', logic: { count: [{ var: name }] } }]
}

/** `custom.engagedOn` → engagedOn, `stageId` → stage: what stands between the braces. */
function placeName(field: string): string {
  const own = field.replace(/^custom\./, '').replace(/Id$/, '')
  const name = own.replace(/[^a-zA-Z0-9]/g, '')
  return /^[a-zA-Z]/.test(name) ? name.slice(0, 50) : `value${name.slice(0, 40)}`
}
