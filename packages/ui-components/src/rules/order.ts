import { nothing, type TemplateResult } from 'lit'
import { html } from 'lit/static-html.js'
import { renderButton } from '../display/button.ts'
import type { Writing } from './writing.ts'

/** Things in an order that somebody can change: up, down, away, with the focus going along. */
export interface Ordered<T> {
  readonly list: readonly T[]
  readonly index: number
  readonly name: string
  /** Tells the buttons from those of another list. */
  readonly id: string
  put(list: T[]): void
}

export function renderOrder<T>(writing: Writing, { list, index, name, id, put }: Ordered<T>): TemplateResult {
  const { host } = writing
  const place = (at: number, what: string) => `${id}-${at}-${what}`
  const move = (to: number, what: 'up' | 'down') => () => {
    const next = [...list]
    next.splice(to, 0, ...next.splice(index, 1))
    put(next)
    writing.changed()
    const isAtEnd = to === 0 || to === list.length - 1
    writing.focus(`[data-order="${place(to, isAtEnd ? (what === 'up' ? 'down' : 'up') : what)}"] button`)
  }
  const remove = () => {
    put(list.filter((_, at) => at !== index))
    writing.changed()
    writing.focus(`[data-order="${id}-add"] button`)
  }
  const button = (what: 'up' | 'down', to: number) =>
    html`<span data-order=${place(index, what)}>${renderButton({ label: host.t(`rules.${what}`, { name }), icon: `arrow-${what}`, look: 'sm ghost', bare: true, run: move(to, what) })}</span>`
  return html`${index > 0 ? button('up', index - 1) : nothing}${index < list.length - 1 ? button('down', index + 1) : nothing}
    ${renderButton({ label: host.t('remove.name', { name }), icon: 'trash', look: 'sm ghost', bare: true, run: remove })}`
}
