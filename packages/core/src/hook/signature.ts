import { crmError } from '../error/crm-error.ts'
import type { HookRecord } from './hook-record.ts'

/**
 * Signs the fields that one author sets. Records that were set alike share one map of authors, so that a thousand of them have a few, and
 * each needs to be written down once.
 */
export class Signature {
  readonly #author: string
  readonly #settable: (field: string) => boolean
  #before: HookRecord['authors'] | null = null
  #names: readonly string[] = []
  #after: HookRecord['authors'] = new Map()

  constructor(author: string, settable: (field: string) => boolean) {
    this.#author = author
    this.#settable = settable
  }

  /** Throws FIELD_UNKNOWN where the object has no such field. */
  sign(record: HookRecord, names: readonly string[]): void {
    if (record.authors !== this.#before || !isSame(names, this.#names)) this.#begin(record.authors, names)
    record.authors = this.#after
  }

  #begin(before: HookRecord['authors'], names: readonly string[]): void {
    for (const name of names) if (!this.#settable(name)) throw crmError('FIELD_UNKNOWN', { field: name })
    const after = new Map(before)
    for (const name of names) after.set(name, this.#author)
    this.#before = before
    this.#names = names
    this.#after = after
  }
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false
  return true
}
