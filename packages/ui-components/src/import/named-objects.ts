import { nameOf } from '../client/record.ts'
import type { Session } from '../client/session.ts'
import type { FieldView, ObjectView } from '../client/types.ts'
import { optionLabel } from '../format/option.ts'
import type { Choice } from './controls.ts'

/** An object that cells name records of. */
export interface NamedObject {
  readonly object: ObjectView
  /** Fields that divide its records, such as the pipeline of a stage, with their values. */
  readonly among: readonly { readonly field: FieldView; readonly choices: readonly Choice[] }[]
  /** Names of its first records, to be offered while typing. */
  readonly names: readonly string[]
}

const FIRST = 50

/** Objects that are named by cells, read when they are first asked for. */
export class NamedObjects {
  readonly #known = new Map<string, NamedObject | null>()
  readonly #session: () => Session
  readonly #language: () => string
  readonly #changed: () => void

  constructor(session: () => Session, language: () => string, changed: () => void) {
    this.#session = session
    this.#language = language
    this.#changed = changed
  }

  /** The object, or null while it is on its way, and for good when it may not be read. */
  get(name: string): NamedObject | null {
    if (!this.#known.has(name)) {
      this.#known.set(name, null)
      void this.#load(name).catch(() => undefined)
    }
    return this.#known.get(name) ?? null
  }

  async #load(name: string): Promise<void> {
    const object = await this.#session().object(name)
    const dividing = object.fields.filter(
      ({ kind, layer, readOnly }) => layer !== 'system' && !readOnly && (kind === 'reference' || kind === 'choice'),
    )
    const [among, names] = await Promise.all([
      Promise.all(dividing.map(async (field) => ({ field, choices: await this.#choices(field) }))),
      this.#names(object),
    ])
    this.#known.set(name, { object, among: among.filter(({ choices }) => choices.length > 0), names })
    this.#changed()
  }

  /** Records among them are named, as a cell would name them. */
  async #choices(field: FieldView): Promise<readonly Choice[]> {
    if (field.kind === 'choice')
      return (field.options ?? []).map(({ value }) => ({ value, label: optionLabel(field, value, this.#language()) }))
    if (!field.to) return []
    const names = await this.#names(await this.#session().object(field.to)).catch(() => [])
    return names.map((name) => ({ value: name, label: name }))
  }

  async #names(object: ObjectView): Promise<readonly string[]> {
    const { records } = await this.#session().client.find(object.name, { limit: FIRST })
    return [...new Set(records.map((record) => nameOf(object, record)).filter((name) => name !== ''))]
  }
}
