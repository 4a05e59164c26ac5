import { isBlank } from '../../client/record.ts'
import { type Draft, type DraftAction, type DraftRule, hasUnknownPlace, type Missing, missingInHead, missingInSet } from '../draft.ts'
import { eitherOf, type Param, paramsOf } from './action-schema.ts'
import { type Actions, textsOf } from './draft-save.ts'

type Found = Map<string, Missing>

/** What a rule on save still needs, by JSON pointer: found before anything is sent. */
export function missingInSave(draft: Draft, actions: Actions): Found {
  const found = missingInHead(draft)
  const { save } = draft
  if (save?.kind === 'score' && save.into === '') found.set('/into', 'rules.missing')
  if (save?.on.length === 0) found.set('/on', 'rules.missing')
  if (save?.fields?.length === 0) found.set('/fields', 'rules.missing')
  for (const [index, rule] of draft.rules.entries()) {
    inSentence(rule, `/rules/${index}`, actions, found)
    if (rule.actions.length === 0) found.set(`/rules/${index}/do`, 'rules.missing.does')
    for (const [at, action] of rule.actions.entries()) inAction(rule, action, `/rules/${index}/do/${at}/params`, actions, found)
  }
  return found
}

/** A refusal is a reason of its own; without texts that show values nobody has to give one. */
function inSentence(rule: DraftRule, path: string, actions: Actions, found: Found): void {
  const { sentence } = rule
  const isSaid = sentence['zh-CN'].trim() !== '' || sentence.en.trim() !== ''
  const showsValues = textsOf(rule, actions).some((text) => /\{\w+\}/.test(text))
  const refuses = rule.actions.some(({ action }) => action === 'reject')
  for (const locale of ['zh-CN', 'en'] as const) {
    const text = sentence[locale]
    if (text.trim() === '' && (isSaid || (showsValues && !refuses))) found.set(`${path}/because/${locale}`, 'rules.missing')
    if (hasUnknownPlace(rule, text)) found.set(`${path}/because/${locale}`, 'rules.missing.place')
  }
}

function inAction(rule: DraftRule, action: DraftAction, path: string, actions: Actions, found: Found): void {
  const spec = actions.get(action.action)
  if (!spec) return
  for (const param of paramsOf(spec)) inParam(rule, action, param, `${path}/${param.name}`, found)
  const either = eitherOf(spec)
  if (either.length > 0 && either.every((name) => isBlank(action.params[name])))
    for (const name of either) found.set(`${path}/${name}`, 'rules.missing.either')
}

function inParam(rule: DraftRule, { params, rows }: DraftAction, param: Param, path: string, found: Found): void {
  const { name, control, isRequired, hasPlaces, mayBeNull } = param
  const value = params[name]
  if (control === 'fields' || control === 'values') {
    const sets = rows[name] ?? []
    if (isRequired && sets.length === 0) found.set(path, 'rules.missing')
    for (const [at, set] of sets.entries())
      for (const [pointer, key] of missingInSet(set, `${path}/rows/${at}`, path)) found.set(pointer, key)
    return
  }
  if (control === 'words') {
    const words = Object(value) as Partial<DraftRule['sentence']>
    const isSaid = Boolean(words['zh-CN'] || words.en)
    for (const locale of ['zh-CN', 'en'] as const) {
      const text = words[locale] ?? ''
      if (text.trim() === '' && (isRequired || isSaid)) found.set(`${path}/${locale}`, 'rules.missing')
      else if (hasPlaces && hasUnknownPlace(rule, text)) found.set(`${path}/${locale}`, 'rules.missing.place')
    }
    return
  }
  const isNothing = value === undefined || (value === null && !mayBeNull) || (typeof value === 'string' && value.trim() === '')
  if (isNothing && isRequired) found.set(path, 'rules.missing')
  else if (hasPlaces && typeof value === 'string' && hasUnknownPlace(rule, value)) found.set(path, 'rules.missing.place')
}
