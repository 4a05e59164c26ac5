import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../icon/icon.ts'
import type { Writing } from './writing.ts'

interface Labelled {
  readonly label: string
  /** JSON pointer of the value, under which what is wrong with it is found. */
  readonly path: string
  readonly hint: string
  readonly isOptional?: boolean
}

interface Attributes {
  readonly id: string
  readonly invalid: 'true' | typeof nothing
  readonly describedBy: string | typeof nothing
}

/** A native control with its label, hint and problem. */
export function renderControl(
  writing: Writing,
  { label, path, hint, isOptional = false }: Labelled,
  control: (attributes: Attributes) => unknown,
): TemplateResult {
  const id = idOf(path)
  const problem = writing.problemAt(path)
  return html`<div class="control"><label class="label" part="label" for=${id}>${label}${isOptional ? html`<span class="opt">${writing.host.t('rules.optional')}</span>` : nothing}</label>${control(attributesOf(writing, path, hint !== ''))}
    ${hint ? html`<p class="hint" id=${`${id}-hint`}>${hint}</p>` : nothing}${problem ? renderProblem(writing, path) : nothing}</div>`
}

/** What ties a control to its problem. */
export function attributesOf(writing: Writing, path: string, hasHint = false): Attributes {
  const id = idOf(path)
  const isWrong = writing.problemAt(path) !== ''
  const described = [isWrong ? `${id}-problem` : '', hasHint ? `${id}-hint` : ''].filter(Boolean).join(' ')
  return { id, invalid: isWrong ? 'true' : nothing, describedBy: described || nothing }
}

/** What is wrong with the value at a pointer. */
export function renderProblem(writing: Writing, path: string): TemplateResult | typeof nothing {
  const problem = writing.problemAt(path)
  if (!problem) return nothing
  return html`<p class="error" part="error" id=${`${idOf(path)}-problem`} role="alert">${icon('warn')}<span>${problem}</span></p>`
}

/** Id of the control for the value at a pointer. */
export const idOf = (path: string): string => `c${path.replace(/[^a-zA-Z0-9]+/g, '-')}`
