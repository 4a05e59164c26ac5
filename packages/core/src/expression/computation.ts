import type { Node } from './node.ts'

/** A formula as checked: its value in the form in which its field's kind is stored, and for amounts the currency they are in. */
export interface Computation {
  readonly node: Node
  readonly currency: Node | null
}

/** Stands for the currency of the amount that a formula's own amount goes by, whatever it is in the record. */
export const ownCurrency = '*'
