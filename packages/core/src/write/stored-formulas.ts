import { meets } from '../logic/needed.ts'
import { contextOf } from '../read/context.ts'
import type { Scope } from '../scope/scope.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Draft } from './draft.ts'
import { isKnown, knownFields, place } from './known.ts'

/** Computes the stored formulas that the write's fields lead to, as far as all they need is known. */
export function computeStored(scope: Scope, { logic }: ObjectRuntime, draft: Draft): void {
  if (!logic || logic.stored.length === 0) return
  const known = knownFields(draft)
  const touched = draft.touched
  const context = contextOf(scope, logic.tenant)
  for (const { field, needs, evaluate } of logic.stored) {
    if (draft.operation === 'update' && !meets(needs, touched)) continue
    if (isKnown(known, needs)) place(draft, field, evaluate(draft.next, context))
  }
}
