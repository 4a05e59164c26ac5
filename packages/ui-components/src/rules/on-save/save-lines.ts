import type { ActionCall, SaveBody } from '@guanxi/core/types'
import type { FieldView, ObjectView } from '../../client/types.ts'
import { formatValue } from '../../format/value.ts'
import { draftSet } from '../draft.ts'
import type { Writing } from '../writing.ts'
import { type Param, paramsOf } from './action-schema.ts'
import { targetOf } from './draft-save.ts'

/** Takes one line of what a version says; `raw` tells whether it is the same as in another. */
export type PutLine = (key: string, label: string, text: string, raw: unknown) => void

/** What a version of a rule on save says, line by line, in words. */
export function saveLines(writing: Writing, object: ObjectView, save: SaveBody, put: PutLine): void {
  const { host, view } = writing
  const join = (texts: readonly string[]) => texts.join(host.t('list.separator'))
  const nameOf = (name: string) => host.words(object.fields.find((one) => one.name === name)?.label) || name
  put('on', host.t('rules.save.when'), join(save.on.map((one) => host.t(`rules.save.on.${one}`))), save.on)
  const fields = save.fields === null ? host.t('rules.save.fields.usual') : join(save.fields.map(nameOf))
  put('fields', host.t('rules.save.fields'), fields, save.fields)
  if (save.into !== null) put('into', host.t('rules.save.into'), nameOf(save.into), save.into)
  if (save.rules.length > 1) put('mode', host.t('rules.save.mode'), host.t(`rules.save.mode.${save.mode}`), save.mode)
  if (save.order !== 100) put('order', host.t('rules.save.order'), String(save.order), save.order)
  if (save.elevated) put('elevated', host.t('rules.save.elevated'), host.t('yes'), true)
  const several = save.rules.length > 1
  for (const [index, rule] of save.rules.entries()) {
    const before = several ? `${host.t('rules.rule', { number: index + 1 })} · ` : ''
    put(`${rule.id} when`, before + host.t('rules.when'), view.words.condition(object, rule.when, true), rule.when)
    for (const [at, call] of rule.do.entries())
      put(`${rule.id} do ${at} ${call.action}`, before + writing.actionName(call.action), join(sayCall(writing, object, call)), call)
    const { values, ...words } = rule.because ?? { 'zh-CN': '', en: '' }
    if (rule.because) put(`${rule.id} because`, before + host.t('rules.because'), host.words(words), [words, values])
  }
}

/** What an action is told, in words. */
function sayCall(writing: Writing, object: ObjectView, { action, params }: ActionCall): readonly string[] {
  const { host } = writing
  const spec = writing.actions.get(action)
  if (!spec) return [host.t('rules.action.unknown')]
  return paramsOf(spec).flatMap((param) => {
    const value = params[param.name]
    return value === undefined ? [] : [`${host.words(param.label)}${host.t('colon')}${sayParam(writing, object, param, value, params)}`]
  })
}

function sayParam(writing: Writing, object: ObjectView, param: Param, value: unknown, params: ActionCall['params']): string {
  const { host, view } = writing
  if (value === null) return host.t('rules.empty')
  switch (param.control) {
    case 'words':
      return host.words(value as Readonly<Record<'zh-CN' | 'en', string>>)
    case 'fields':
    case 'values': {
      const target = param.control === 'fields' ? targetOf(param.of, { params }, object, view.objects) : undefined
      return Object.entries(Object(value))
        .map(
          ([name, one]) =>
            `${host.words(target?.fields.find((field) => field.name === name)?.label) || name} = ${sayValue(writing, object, target, name, one)}`,
        )
        .join(host.language === 'en' ? '; ' : '；')
    }
    case 'person':
      if (typeof value === 'string') return view.names.person(value)
      return (value as { readonly var?: unknown }).var === '$.actor.id'
        ? host.t('rules.person.saver')
        : view.words.value(object, value, true)
    case 'object':
      return host.words(view.objects.get(String(value))?.label) || String(value)
    case 'field':
      return host.words(object.fields.find(({ name }) => name === value)?.label) || String(value)
    case 'webhook':
      return view.webhooks.find(({ id }) => id === value)?.name ?? String(value)
    case 'boolean':
      return host.t(value === true ? 'yes' : 'no')
    case 'kept':
      return host.t('rules.param.kept')
    default:
      return sayPlain(writing, object, param, value)
  }
}

function sayPlain(writing: Writing, object: ObjectView, { options }: Param, value: unknown): string {
  const { host, view } = writing
  const nameOf = (one: unknown) => host.words(options.find((option) => option.value === one)?.label) || String(one)
  if (Array.isArray(value)) return value.map(nameOf).join(host.t('list.separator'))
  return typeof value === 'object' ? view.words.value(object, value, true) : nameOf(value)
}

function sayValue(writing: Writing, own: ObjectView, target: ObjectView | undefined, name: string, value: unknown): string {
  const { host, view } = writing
  if (value === null) return host.t('rules.empty')
  const field: FieldView | undefined = target?.fields.find((one) => one.name === name)
  const isExpression = typeof value === 'object' && !Array.isArray(value) && field?.kind !== 'money'
  if (isExpression) return view.words.value(own, draftSet(name, value).logic ?? value, true)
  if (!field) return String(value)
  const record = { id: '', version: 0, related: { [name]: view.names.related(field, value) } }
  return formatValue(field, value, { locale: host.language, now: host.session.now(), record })
}
