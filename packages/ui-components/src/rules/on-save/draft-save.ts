import type { ActionCall, DeciderAction, DeciderVersion, SaveInput, SaveKind, SaveRule } from '@guanxi/core/types'
import type { ObjectView } from '../../client/types.ts'
import {
  type Draft,
  type DraftAction,
  type DraftRule,
  type DraftSave,
  draftOf,
  draftSet,
  emptyRule,
  emptySet,
  factsIn,
  logicOf,
} from '../draft.ts'
import { defaultsOf, paramsOf, rowsIn } from './action-schema.ts'

/** Actions by id, as the server lists them for an object. */
export type Actions = ReadonlyMap<string, DeciderAction>

/** What a rule of a kind does to begin with; of an automation its author says so. */
const firsts: Readonly<Record<SaveKind, string | null>> = { validation: 'reject', compute: 'set', score: 'points', automation: null }

const newKey = (): string => `a${Math.random().toString(36).slice(2)}`

/** An action that somebody has just chosen. */
export function newAction(action: DeciderAction): DraftAction {
  const rows = rowsIn(action).map(({ name, isRequired }) => [name, isRequired ? [emptySet()] : []] as const)
  const rowNames = new Set(rows.map(([name]) => name))
  const params = Object.fromEntries(Object.entries(defaultsOf(action)).filter(([name]) => !rowNames.has(name)))
  return { key: newKey(), action: action.id, params, rows: Object.fromEntries(rows) }
}

/** A rule of a kind, with what it usually does. */
export function newRule(kind: SaveKind, actions: Actions): DraftRule {
  const first = actions.get(firsts[kind] ?? '')
  return { ...emptyRule(), sets: [], actions: first ? [newAction(first)] : [] }
}

/** Another kind of rule: what both kinds have stays. */
export function becomes(draft: Draft, kind: SaveKind | null, actions: Actions): void {
  const before = draft.save
  const usual = { on: ['create', 'update'] as const, fields: null, order: 100, elevated: false, into: '' }
  draft.save = kind && { ...usual, ...before, kind, into: '', mode: kind === 'validation' || kind === 'score' ? 'collect' : 'first' }
  draft.rules = draft.rules.map((rule) => {
    if (!kind) return { ...rule, sets: rule.sets.length > 0 ? rule.sets : [emptySet()], actions: [] }
    const fitting = rule.actions.filter((action) => actions.get(action.action)?.kinds.includes(kind) && !isUntouched(action, actions))
    return { ...rule, sets: [], actions: fitting.length > 0 ? fitting : newRule(kind, actions).actions }
  })
}

/** Nobody has said anything about it yet. */
function isUntouched(action: DraftAction, actions: Actions): boolean {
  const spec = actions.get(action.action)
  return spec !== undefined && JSON.stringify({ ...newAction(spec), key: '' }) === JSON.stringify({ ...action, key: '' })
}

/** A version as something that can be written on. */
export function draftOfSave(id: string, version: DeciderVersion, actions: Actions): Draft {
  const { save } = version
  const draft = draftOf(id, version)
  if (!save) return draft
  const { rules, into, fields, on, ...head } = save
  draft.save = { ...head, on: [...on], fields: fields && [...fields], into: into ?? '' }
  draft.rules = rules.map((rule) => draftRule(rule, actions))
  return draft
}

function draftRule({ id, when, do: calls, because }: SaveRule, actions: Actions): DraftRule {
  const { values = {}, ...words } = because ?? { 'zh-CN': '', en: '' }
  const rule: DraftRule = {
    ...{ id, when: when as DraftRule['when'], sets: [], values: { ...values } },
    sentence: { 'zh-CN': words['zh-CN'], en: words.en },
    actions: calls.map((call) => draftAction(call, actions)),
  }
  // What a refusal says is its reason unless somebody gives another.
  const refusal = refusalOf(rule)
  const isItsOwn = refusal?.['zh-CN'] === words['zh-CN'] && refusal?.en === words.en
  return isItsOwn ? { ...rule, sentence: { 'zh-CN': '', en: '' } } : rule
}

function draftAction({ action, params }: ActionCall, actions: Actions): DraftAction {
  const spec = actions.get(action)
  const rows = (spec ? rowsIn(spec) : []).map(({ name }) => {
    const values = Object.entries((params[name] ?? {}) as object)
    return [name, values.map(([field, value]) => draftSet(field, value))] as const
  })
  const others = Object.entries(params).filter(([name]) => !rows.some(([one]) => one === name))
  return { key: newKey(), action, params: Object.fromEntries(others), rows: Object.fromEntries(rows) }
}

/** Whose fields a param is about. */
export function targetOf(
  of: string | null,
  action: Pick<DraftAction, 'params'>,
  own: ObjectView | undefined,
  objects: ReadonlyMap<string, ObjectView>,
): ObjectView | undefined {
  if (of === null || of === 'self') return own
  const named = String(action.params[of] ?? '')
  const through = own?.fields.find(({ name }) => name === named)
  return objects.get(through?.to ?? named)
}

/** What is written, as the server takes it. */
export function saveOf(draft: Draft, save: DraftSave, actions: Actions, objects: ReadonlyMap<string, ObjectView>): SaveInput {
  const { into, kind, ...head } = save
  const own = objects.get(draft.object)
  const rules = draft.rules.map((rule): SaveRule => {
    const calls = rule.actions.map((action) => callOf(action, actions, own, objects))
    const because = becauseOf(rule, actions)
    return { id: rule.id, when: rule.when, do: calls, ...(because && { because }) }
  })
  return { ...head, kind, ...(kind === 'score' && { into }), rules }
}

function callOf(action: DraftAction, actions: Actions, own: ObjectView | undefined, objects: ReadonlyMap<string, ObjectView>): ActionCall {
  const spec = actions.get(action.action)
  const rows = Object.entries(action.rows).flatMap(([name, sets]) => {
    const param = spec && rowsIn(spec).find((one) => one.name === name)
    if (sets.length === 0 && !param?.isRequired) return []
    const target = targetOf(param?.of ?? null, action, own, objects)
    return [[name, Object.fromEntries(sets.map((set) => [set.field, logicOf(set, target)]))] as const]
  })
  return { action: action.action, params: { ...action.params, ...Object.fromEntries(rows) } }
}

/** The sentence, with the values that it and the texts of the actions name. A refusal is its own reason. */
function becauseOf(rule: DraftRule, actions: Actions): SaveRule['because'] | null {
  const facts = factsIn(rule.values, [rule.sentence['zh-CN'], rule.sentence.en, ...textsOf(rule, actions)])
  const isSaid = rule.sentence['zh-CN'].trim() !== '' || rule.sentence.en.trim() !== ''
  const words = isSaid ? rule.sentence : refusalOf(rule)
  if (!words) return null
  return { ...words, values: facts } as NonNullable<SaveRule['because']>
}

/** What a refusal says, in both languages. */
export function refusalOf({ actions }: DraftRule): DraftRule['sentence'] | null {
  const { message } = actions.find(({ action }) => action === 'reject')?.params ?? {}
  const { 'zh-CN': zh = '', en = '' } = Object(message) as Partial<DraftRule['sentence']>
  return zh && en ? { 'zh-CN': zh, en } : null
}

/** Texts of the actions that can show values of the record. */
export function textsOf({ actions }: DraftRule, known: Actions): readonly string[] {
  return actions.flatMap(({ action, params, rows }) => {
    const spec = known.get(action)
    if (!spec) return textsIn(params)
    return paramsOf(spec)
      .filter(({ hasPlaces }) => hasPlaces)
      .flatMap(({ name }) => [...textsIn(params[name]), ...(rows[name] ?? []).flatMap(({ value }) => textsIn(value))])
  })
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
