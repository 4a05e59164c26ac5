import type { TemplateResult } from 'lit'
import type { FieldView } from '../client/types.ts'
import type { CrmField } from './field.ts'

/** How fields of some sort are edited. The highest rank among those whose test passes wins. */
export interface FieldRenderer {
  test(field: FieldView): boolean
  readonly rank: number
  /** A host's own element: it gets `field`, `value` and `locale`, and fires `change` with its `value` set. */
  readonly tag?: string
  /** Ours: a template inside the field, so that label and control share one root. */
  render?(host: CrmField): TemplateResult
}

const renderers: FieldRenderer[] = []

/** Adds a way to edit fields, for example `{ test: (field) => field.name === 'colour', rank: 10, tag: 'my-colour' }`. Ours have rank 0 to 2. */
export function registerRenderer(...added: readonly FieldRenderer[]): void {
  renderers.push(...added)
}

/** The renderer of a field. */
export function rendererFor(field: FieldView): FieldRenderer | undefined {
  let best: FieldRenderer | undefined
  for (const renderer of renderers) if (renderer.test(field) && (!best || renderer.rank > best.rank)) best = renderer
  return best
}
