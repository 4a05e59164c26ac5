import type { AllocationDecision } from '../decider/allocation.ts'
import { crmError } from '../error/crm-error.ts'
import { Reason } from '../reason/reason.ts'
import type { Scope } from '../scope/scope.ts'
import type { Seed } from '../statistics/random.ts'
import type { Locked } from '../write/locked-read.ts'
import type { CompiledAllocation } from './compile.ts'
import { contextFor } from './context.ts'
import { subjectSeed } from './memory.ts'

/** One record after the other, the state going from each to the next. */
export class Fold {
  readonly #decider: CompiledAllocation
  readonly #at: number
  readonly #seed: Seed
  readonly #settable: ReadonlySet<string>
  #state: unknown

  constructor(decider: CompiledAllocation, at: number, seed: Seed, state: unknown) {
    this.#decider = decider
    this.#at = at
    this.#seed = seed
    this.#settable = new Set(decider.fields.map(({ name }) => name))
    this.#state = state
  }

  get state(): unknown {
    return this.#state
  }

  set state(state: unknown) {
    this.#state = state
  }

  /** Decides about a record, at the fold's instant unless said. */
  next(record: Locked, at: number = this.#at): AllocationDecision {
    const { code } = this.#decider
    const { decision, state } = code.decide(this.#state, record as never, at, subjectSeed(this.#seed, record.id))
    if (!(decision?.reason instanceof Reason)) throw this.#fault('its decision has no reason')
    for (const name in decision.set ?? {}) if (!this.#settable.has(name)) throw this.#fault(`it sets “${name}”, which it does not declare`)
    this.#state = state
    return decision
  }

  metrics(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.entries(this.#decider.metrics).map(([name, { of }]) => [name, of(this.#state)]))
  }

  #fault(reason: string): Error {
    return crmError('DECIDER_INVALID', { decider: this.#decider.id, reason })
  }
}

/** Who gets it; null = nobody. */
export const winnerOf = ({ set, winner }: AllocationDecision): string | null =>
  set === null ? null : (winner ?? (typeof set.ownerId === 'string' ? set.ownerId : null))

/** A fold from what the decider loads. */
export async function openFold(
  scope: Scope,
  decider: CompiledAllocation,
  { at, seed, kept, asOf }: { readonly at: number; readonly seed: Seed; readonly kept: unknown; readonly asOf?: number },
): Promise<Fold> {
  const state = await decider.code.load(contextFor(scope, decider.tenant, { at, asOf, seed, kept }))
  return new Fold(decider, at, seed, state)
}
