import { html, nothing } from 'lit'
import type { DraftAction, DraftRule } from '../draft.ts'
import type { Writing } from '../writing.ts'
import type { Param } from './action-schema.ts'

/** One param of an action of a rule, and where it stands. */
export interface ParamPlace {
  readonly writing: Writing
  readonly rule: DraftRule
  readonly action: DraftAction
  readonly param: Param
  /** JSON pointer of the param. */
  readonly path: string
}

/** Sets a param; nothing = it is not said. */
export function put({ writing, action, param }: ParamPlace, value: unknown): void {
  const { [param.name]: _, ...others } = action.params
  const isNothing = value === undefined || value === ''
  action.params = isNothing ? others : { ...others, [param.name]: value }
  writing.changed()
}

/** What a param is called, and whether it must be said. */
export const labelOf = ({ writing, param }: ParamPlace): string => writing.host.words(param.label) || param.name

/** An expression that has no control here. */
export const isKept = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

export const hintOf = ({ writing, param }: ParamPlace): string => writing.host.words(param.help)

export const renderOptional = ({ writing, param }: ParamPlace): unknown =>
  param.isRequired ? nothing : html`<span class="opt">${writing.host.t('rules.optional')}</span>`
