import type { Dialect } from './dialect.ts'
import { prefixEnd } from './prefix-end.ts'

/** Where the value of one place comes from: a parameter of the plan, or below zero one of the call's own values. */
export interface Slot {
  readonly from: number
  readonly as: 'value' | 'list' | 'prefixEnd'
}

/** The call's own value that every statement has. */
export const TENANT = -1

/** Hands out places for values while a statement's text is written, and remembers what goes into each. */
export class Bindings {
  readonly slots: Slot[] = []
  readonly #dialect: Dialect
  readonly #before: number

  /** `before`: how many values stand ahead of the slots; where places have names the first of them is the tenant. */
  constructor(dialect: Dialect, before: number) {
    this.#dialect = dialect
    this.#before = before
  }

  add(from: number, as: Slot['as'] = 'value'): string {
    this.slots.push({ from, as })
    return this.#dialect.placeholder(this.#before + this.slots.length)
  }

  tenant(): string {
    return this.#dialect.tenant ?? this.add(TENANT)
  }
}

/** Puts the values of the slots into `target`, from `at` on. `own[0]` is the tenant. */
export function fill(
  dialect: Dialect,
  slots: readonly Slot[],
  own: readonly unknown[],
  params: readonly unknown[],
  target: unknown[],
  at: number,
): void {
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as Slot
    const value = slot.from < 0 ? own[-slot.from - 1] : params[slot.from]
    if (slot.as === 'value') target[at + i] = dialect.value(value)
    else target[at + i] = slot.as === 'list' ? dialect.list(value) : prefixEnd(String(value))
  }
}
