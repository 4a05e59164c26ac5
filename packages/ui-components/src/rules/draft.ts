import type { ConditionRule, DeciderVersion } from '@guanxi/core/types'
import { isBlank } from '../client/record.ts'
import type { FieldView, ObjectView } from '../client/types.ts'

/** How a field gets its value: one that is chosen, none, another field's, or the present moment. `kept` = an expression of another author. */
export type SetHow = 'value' | 'empty' | 'field' | 'now' | 'kept'

/** One field that a rule sets, while it is being written. */
export interface DraftSet {
  field: string
  how: SetHow
  value: unknown
  /** Of `field`: where the value comes from. */
  path: string
  logic: unknown
}

/** A rule while it is being written. */
export interface DraftRule {
  readonly id: string
  when: Readonly<Record<string, unknown>>
  sets: DraftSet[]
  sentence: { 'zh-CN': string; en: string }
  /** What stands for a name in the sentence. */
  values: Record<string, unknown>
}

/** A decider while it is being written. */
export interface Draft {
  /** Null: it is new. */
  readonly id: string | null
  name: string
  object: string
  label: { 'zh-CN': string; en: string }
  rules: DraftRule[]
  records: number | null
  share: number | null
}

/** Kinds that a rule can set. */
const settable = new Set<string>([
  ...[
    'text',
    'longText',
    'phone',
    'email',
    'url',
    'choice',
    'reference',
    'user',
    'date',
    'instant',
    'integer',
    'number',
    'decimal',
    'boolean',
  ],
])
const owned = new Set(['ownerId', 'teamId'])

/** Fields that a rule can set, in the order of the definition. */
export function settableFields(object: ObjectView | undefined): readonly FieldView[] {
  return (object?.fields ?? []).filter(
    ({ name, kind, layer, formula, readOnly }) => settable.has(kind) && !formula && !readOnly && (layer !== 'system' || owned.has(name)),
  )
}

/** Fields whose value another field can take. */
export function sourcesFor(object: ObjectView | undefined, field: FieldView): readonly FieldView[] {
  return (object?.fields ?? []).filter(
    ({ name, kind, to }) => name !== field.name && kind === field.kind && (kind !== 'reference' || to === field.to) && kind !== 'choice',
  )
}

let made = 0

export function emptyRule(): DraftRule {
  made += 1
  return {
    id: `rule-${Date.now().toString(36)}-${made}`,
    when: { and: [] },
    sets: [emptySet()],
    sentence: { 'zh-CN': '', en: '' },
    values: {},
  }
}

export const emptySet = (): DraftSet => ({ field: '', how: 'value', value: null, path: '', logic: null })

export function emptyDraft(object: string): Draft {
  return { id: null, name: '', object, label: { 'zh-CN': '', en: '' }, rules: [emptyRule()], records: 200, share: 0.05 }
}

/** A version as something that can be written on. */
export function draftOf(id: string, { object, label, rules, blast }: DeciderVersion): Draft {
  return {
    ...{ id, name: id.slice(id.indexOf('.') + 1), object, label: { ...label }, records: blast.records, share: blast.share },
    rules: rules.map(draftRule),
  }
}

function draftRule({ id, when, set, because }: ConditionRule): DraftRule {
  const { values = {}, ...words } = because
  return {
    ...{ id, when: when as Readonly<Record<string, unknown>>, values: { ...values } },
    sentence: { 'zh-CN': words['zh-CN'], en: words.en },
    sets: Object.entries(set).map(([field, value]) => draftSet(field, value)),
  }
}

function draftSet(field: string, value: unknown): DraftSet {
  const plain = { field, value: null, path: '', logic: null }
  if (value === null) return { ...plain, how: 'empty' }
  if (typeof value !== 'object' || Array.isArray(value)) return { ...plain, how: 'value', value }
  const [form, ...others] = Object.keys(value)
  const path = (value as { readonly var?: unknown }).var
  if (form === 'var' && others.length === 0 && typeof path === 'string') return { ...plain, how: 'field', path, logic: value }
  if (others.length === 0 && (form === 'now' || form === 'today')) return { ...plain, how: 'now', logic: value }
  return { ...plain, how: 'kept', logic: value }
}

/** Rules as the server takes them. */
export function rulesOf({ rules }: Draft, object: ObjectView | undefined): readonly ConditionRule[] {
  return rules.map(({ id, when, sets, sentence, values }) => {
    const used = new Set([...sentence['zh-CN'].matchAll(/\{(\w+)\}/g), ...sentence.en.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    const facts = Object.fromEntries(Object.entries(values).filter(([name]) => used.has(name)))
    const set = Object.fromEntries(sets.map((one) => [one.field, logicOf(one, object)]))
    return { id, when, set, because: { ...sentence, values: facts } } as unknown as ConditionRule
  })
}

function logicOf({ field, how, value, path, logic }: DraftSet, object: ObjectView | undefined): unknown {
  if (how === 'empty') return null
  if (how === 'field') return { var: path }
  if (how === 'kept') return logic
  if (how === 'value') return value
  return object?.fields.find(({ name }) => name === field)?.kind === 'date' ? { today: [] } : { now: [] }
}

/** The limits as the server takes them. */
export const limitsOf = ({ records, share }: Draft) => ({ blast: { records, share } })

/** What is missing, by JSON pointer into what would be sent: found before anything is sent. */
export function missingIn(draft: Draft): ReadonlyMap<string, 'rules.missing' | 'rules.missing.place' | 'rules.missing.name'> {
  const missing = new Map<string, 'rules.missing' | 'rules.missing.place' | 'rules.missing.name'>()
  const need = (path: string, text: string): unknown => (text.trim() === '' ? missing.set(path, 'rules.missing') : undefined)
  need('/label/zh-CN', draft.label['zh-CN'])
  need('/label/en', draft.label.en)
  need('/object', draft.object)
  if (draft.id === null && !/^[a-z][a-z0-9-]{0,62}$/.test(draft.name)) missing.set('/name', 'rules.missing.name')
  for (const [index, rule] of draft.rules.entries()) {
    const path = `/rules/${index}`
    for (const locale of ['zh-CN', 'en'] as const) {
      const text = rule.sentence[locale]
      need(`${path}/because/${locale}`, text)
      const unknown = [...text.matchAll(/\{(\w+)\}/g)].some(([, name = '']) => !Object.hasOwn(rule.values, name))
      if (unknown) missing.set(`${path}/because/${locale}`, 'rules.missing.place')
    }
    for (const [at, set] of rule.sets.entries()) {
      need(`${path}/sets/${at}`, set.field)
      if (set.field && set.how === 'value' && isBlank(set.value)) missing.set(`${path}/set/${set.field}`, 'rules.missing')
      if (set.field && set.how === 'field') need(`${path}/set/${set.field}`, set.path)
    }
  }
  return missing
}

/** A short name out of a label. */
export function nameFrom(label: string): string {
  const slug = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
  return slug
}
