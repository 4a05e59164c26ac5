import type { ConditionRule, DeciderVersion, SaveBody, SaveKind } from '@guanxi/core/types'
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

/** One thing that a rule on save does, while it is being written. */
export interface DraftAction {
  /** Tells it from the others on the screen. */
  readonly key: string
  readonly action: string
  /** As the server takes them; what has no control here stays as it is. */
  params: Record<string, unknown>
  /** Params that say values by name. */
  rows: Record<string, DraftSet[]>
}

/** What a decider says that acts when records are saved, besides its rules. */
export interface DraftSave {
  kind: SaveKind
  on: SaveBody['on']
  fields: readonly string[] | null
  mode: SaveBody['mode']
  order: number
  elevated: boolean
  into: string
}

/** A rule while it is being written. */
export interface DraftRule {
  readonly id: string
  when: Readonly<Record<string, unknown>>
  /** Of one that runs. */
  sets: DraftSet[]
  /** Of one on save. */
  actions: DraftAction[]
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
  /** Null: it does not act on save, it runs. */
  save: DraftSave | null
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
    actions: [],
    sentence: { 'zh-CN': '', en: '' },
    values: {},
  }
}

export const emptySet = (): DraftSet => ({ field: '', how: 'value', value: null, path: '', logic: null })

export function emptyDraft(object: string): Draft {
  return { id: null, name: '', object, label: { 'zh-CN': '', en: '' }, rules: [emptyRule()], save: null, records: 200, share: 0.05 }
}

/** A version as something that can be written on. */
export function draftOf(id: string, { object, label, rules, blast }: DeciderVersion): Draft {
  return {
    ...{ id, name: id.slice(id.indexOf('.') + 1), object, label: { ...label }, records: blast.records, share: blast.share },
    rules: rules.map(draftRule),
    save: null,
  }
}

function draftRule({ id, when, set, because }: ConditionRule): DraftRule {
  const { values = {}, ...words } = because
  return {
    ...{ id, when: when as Readonly<Record<string, unknown>>, values: { ...values } },
    sentence: { 'zh-CN': words['zh-CN'], en: words.en },
    sets: Object.entries(set).map(([field, value]) => draftSet(field, value)),
    actions: [],
  }
}

export function draftSet(field: string, value: unknown): DraftSet {
  const plain = { field, value: null, path: '', logic: null }
  if (value === null) return { ...plain, how: 'empty' }
  if (typeof value !== 'object' || Array.isArray(value)) return { ...plain, how: 'value', value }
  const [form, ...others] = Object.keys(value)
  const path = (value as { readonly var?: unknown }).var
  if (form === 'var' && others.length === 0 && typeof path === 'string') return { ...plain, how: 'field', path, logic: value }
  if (others.length === 0 && (form === 'now' || form === 'today')) return { ...plain, how: 'now', logic: value }
  return { ...plain, how: 'kept', logic: value }
}

/** Of the values of a sentence those that the texts name. */
export function factsIn(values: DraftRule['values'], texts: readonly string[]): DraftRule['values'] {
  const used = new Set(texts.flatMap(placesIn))
  return Object.fromEntries(Object.entries(values).filter(([name]) => used.has(name)))
}

/** Names between braces. */
export const placesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

/** Rules as the server takes them. */
export function rulesOf({ rules }: Draft, object: ObjectView | undefined): readonly ConditionRule[] {
  return rules.map(({ id, when, sets, sentence, values }) => {
    const facts = factsIn(values, [sentence['zh-CN'], sentence.en])
    const set = Object.fromEntries(sets.map((one) => [one.field, logicOf(one, object)]))
    return { id, when, set, because: { ...sentence, values: facts } } as unknown as ConditionRule
  })
}

export function logicOf({ field, how, value, path, logic }: DraftSet, object: ObjectView | undefined): unknown {
  if (how === 'empty') return null
  if (how === 'field') return { var: path }
  if (how === 'kept') return logic
  if (how === 'value') return value
  return object?.fields.find(({ name }) => name === field)?.kind === 'date' ? { today: [] } : { now: [] }
}

/** The limits as the server takes them. */
export const limitsOf = ({ records, share }: Draft) => ({ blast: { records, share } })

/** What is wrong before anything is sent. */
export type Missing = 'rules.missing' | 'rules.missing.place' | 'rules.missing.name' | 'rules.missing.does' | 'rules.missing.either'

/** What is missing, by JSON pointer into what would be sent: found before anything is sent. */
export function missingIn(draft: Draft): Map<string, Missing> {
  const missing = missingInHead(draft)
  const need = (path: string, text: string): unknown => (text.trim() === '' ? missing.set(path, 'rules.missing') : undefined)
  for (const [index, rule] of draft.rules.entries()) {
    const path = `/rules/${index}`
    for (const locale of ['zh-CN', 'en'] as const) {
      need(`${path}/because/${locale}`, rule.sentence[locale])
      if (hasUnknownPlace(rule, rule.sentence[locale])) missing.set(`${path}/because/${locale}`, 'rules.missing.place')
    }
    for (const [at, set] of rule.sets.entries())
      for (const [pointer, key] of missingInSet(set, `${path}/sets/${at}`, `${path}/set`)) missing.set(pointer, key)
  }
  return missing
}

export function missingInHead({ id, label, object, name }: Draft): Map<string, Missing> {
  const missing = new Map<string, Missing>()
  if (label['zh-CN'].trim() === '') missing.set('/label/zh-CN', 'rules.missing')
  if (label.en.trim() === '') missing.set('/label/en', 'rules.missing')
  if (object === '') missing.set('/object', 'rules.missing')
  if (id === null && !/^[a-z][a-z0-9-]{0,62}$/.test(name)) missing.set('/name', 'rules.missing.name')
  return missing
}

/** Does a text have a place that no value stands for? */
export const hasUnknownPlace = ({ values }: DraftRule, text: string): boolean => placesIn(text).some((name) => !Object.hasOwn(values, name))

export function missingInSet({ field, how, value, path }: DraftSet, row: string, values: string): readonly (readonly [string, Missing])[] {
  if (field === '') return [[row, 'rules.missing']]
  const isMissing = (how === 'value' && isBlank(value)) || (how === 'field' && path === '')
  return isMissing ? [[`${values}/${field}`, 'rules.missing']] : []
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
