import type { ExpressionContext } from '../expression/context.ts'
import type { Values } from '../hook/hook-record.ts'
import { type Locale, locales } from '../locale/locale.ts'
import { type CompiledValue, patchOf } from '../sweep/compile-set.ts'
import type { CompiledAction, CompiledParam } from './compile-action.ts'
import type { Acting } from './outcome.ts'
import { filled } from './texts.ts'

/** What an action needs to know, for one record: expressions evaluated, texts filled in. */
export function paramsFor(
  { params, target }: CompiledAction,
  acting: Acting,
  record: Values,
  context: ExpressionContext,
  zone: string,
): Readonly<Record<string, unknown>> {
  const all = [...params].map(([name, param]) => [name, found(param, acting, record, context, zone)] as const)
  return { ...Object.fromEntries(all), ...(target && { object: target.object }) }
}

function found(param: CompiledParam, acting: Acting, record: Values, context: ExpressionContext, zone: string): unknown {
  switch (param.is) {
    case 'constant':
      return param.value
    case 'expression':
      return param.expression.evaluate(record, context)
    case 'text':
      return filledText(param.value, acting, zone)
    case 'values':
      return Object.fromEntries([...param.values].map(([name, one]) => [name, found(one, acting, record, context, zone)]))
    case 'fields':
      return patchOf(param.values.map((one) => [one.field, fieldOf(one, param.isText, acting, record, context, zone)] as const))
  }
}

function fieldOf(
  { constant, expression }: CompiledValue,
  isText: boolean,
  acting: Acting,
  record: Values,
  context: ExpressionContext,
  zone: string,
): unknown {
  if (expression) return expression.evaluate(record, context)
  const value = constant?.value ?? null
  return isText ? filledText(value, acting, zone) : value
}

/** A text has the places of the language it is written in: values look alike in both where they are texts and whole numbers. */
function filledText(value: unknown, acting: Acting, zone: string): unknown {
  if (typeof value === 'string') return filled({ 'zh-CN': value, en: value }, acting, zone)[localeOf(value)]
  if (typeof value !== 'object' || value === null || !locales.every((locale) => typeof (value as never)[locale] === 'string')) return value
  return filled(value as Readonly<Record<Locale, string>>, acting, zone)
}

const localeOf = (text: string): Locale => (/\p{Script=Han}/u.test(text) ? 'zh-CN' : 'en')
