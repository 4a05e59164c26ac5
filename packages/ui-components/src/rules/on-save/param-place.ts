import { html, nothing } from 'lit'
import type { DraftAction, DraftRule } from '../draft.ts'
import type { RulePage } from '../rule-page.ts'
import type { Param } from './action-schema.ts'

/** One param of an action of a rule, and where it stands. */
export interface Place {
  readonly page: RulePage
  readonly rule: DraftRule
  readonly action: DraftAction
  readonly param: Param
  /** JSON pointer of the param. */
  readonly path: string
}

/** Sets a param; nothing = it is not said. */
export function put({ page, action, param }: Place, value: unknown): void {
  const { [param.name]: _, ...others } = action.params
  const isNothing = value === undefined || value === ''
  action.params = isNothing ? others : { ...others, [param.name]: value }
  page.changed()
}

/** What a param is called, and whether it must be said. */
export const labelOf = ({ page, param }: Place): string => page.host.words(param.label) || param.name

/** An expression that has no control here. */
export const isKept = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

export const hintOf = ({ page, param }: Place): string => page.host.words(param.help)

export const renderOptional = ({ page, param }: Place): unknown =>
  param.isRequired ? nothing : html`<span class="opt">${page.host.t('rules.optional')}</span>`
