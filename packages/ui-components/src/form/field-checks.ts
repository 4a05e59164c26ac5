import { asClientError, isAbort } from '../client/client-error.ts'
import { isBlank, nameOf } from '../client/record.ts'
import type { FieldView, ObjectView } from '../client/types.ts'
import type { CrmForm } from './form.ts'
import { isIdentifying } from './identifying.ts'

const PAUSE = 320

/** A host's own check of a field: a sentence when something is wrong with the value, else null. `signal` aborts when it is outdated. */
export type FieldCheck = (value: unknown, signal: AbortSignal) => Promise<string | null>

/** What a check in progress, or done, has to say. */
export interface Checked {
  readonly isRunning: boolean
  /** Said under the field; does not stand in the way of saving. */
  readonly notice: string | null
}

const REST: Checked = { isRunning: false, notice: null }

/** Asks while somebody types: is there a record with this value already, and has the host anything against it? Stale answers are dropped. */
export class FieldChecks {
  readonly #form: CrmForm
  readonly #running = new Map<string, AbortController>()
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()
  #results: ReadonlyMap<string, Checked> = new Map()

  constructor(form: CrmForm) {
    this.#form = form
  }

  of(name: string): Checked {
    return this.#results.get(name) ?? REST
  }

  /** Forgets everything, and calls off what is on its way. */
  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    for (const abort of this.#running.values()) abort.abort()
    this.#timers.clear()
    this.#running.clear()
    this.#results = new Map()
  }

  /** A field has another value. */
  changed(object: ObjectView, field: FieldView, value: unknown): void {
    const { name } = field
    clearTimeout(this.#timers.get(name))
    this.#running.get(name)?.abort()
    if (this.#results.has(name)) this.#set(name, REST)
    const check = this.#form.checks[name]
    if (isBlank(value) || (!check && !isIdentifying(field))) return
    this.#timers.set(
      name,
      setTimeout(() => void this.#run(object, field, value, check), PAUSE),
    )
  }

  async #run(object: ObjectView, field: FieldView, value: unknown, check: FieldCheck | undefined): Promise<void> {
    const { name } = field
    const abort = new AbortController()
    this.#running.set(name, abort)
    this.#set(name, { isRunning: true, notice: null })
    try {
      const [objection, twin] = await Promise.all([
        check?.(value, abort.signal) ?? null,
        isIdentifying(field) ? this.#twin(object, name, value, abort.signal) : null,
      ])
      if (abort.signal.aborted) return
      this.#set(name, { isRunning: false, notice: twin })
      if (objection) this.#form.objectTo(name, objection)
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return
      // What is no value yet (half a number) has no twin; saving says what is wrong with it.
      const isValue = asClientError(error).status !== 400
      this.#set(name, { isRunning: false, notice: isValue ? this.#form.t('check.failed') : null })
    }
  }

  /** Another record with the same value; the form may still be right, so it is only said. */
  async #twin(object: ObjectView, name: string, value: unknown, signal: AbortSignal): Promise<string | null> {
    const { session, recordId } = this.#form
    const nameField = object.nameField ?? 'id'
    const page = await session.client.find(
      object.name,
      { where: { [name]: { eq: value } }, fields: [nameField], limit: 2, sort: [] },
      signal,
    )
    const other = page.records.find((record) => record.id !== recordId)
    return other ? this.#form.t('check.duplicate', { name: nameOf(object, other) || other.id }) : null
  }

  #set(name: string, result: Checked): void {
    this.#results = new Map([...this.#results, [name, result] as const])
    this.#form.requestUpdate()
  }
}
