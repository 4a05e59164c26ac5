import { crmError, type FieldDefinition, type ObjectDefinition, type Session } from '@guanxi/core'
import type { CompiledMapping } from '../compile/compiled.ts'
import type { Found } from '../convert/options.ts'
import { namingFields } from '../map/target.ts'
import { PeopleLookup } from './people-lookup.ts'
import { ReferenceLookup } from './reference-lookup.ts'

type Lookup = ReferenceLookup | PeopleLookup

/** What names in files mean, for all files of one import. */
export class Lookups {
  readonly #session: Session
  readonly #known = new Map<string, ReferenceLookup>()
  /** Records that only a rehearsal knows of: lookups made later cannot read them. */
  readonly #rehearsed = new Map<string, { readonly value: (field: string) => unknown; readonly id: string }[]>()
  readonly people = new PeopleLookup()

  constructor(session: Session) {
    this.#session = session
  }

  /** The lookup of each link field of a mapping. */
  async of(mapping: CompiledMapping): Promise<ReadonlyMap<string, Lookup>> {
    const lookups = new Map<string, Lookup>()
    for (const field of mapping.links) {
      if (field.kind === 'user') lookups.set(field.name, this.people)
      else if (mapping.rule(field).to !== null) lookups.set(field.name, await this.#reference(mapping, field))
    }
    return lookups
  }

  /** Tells every lookup of the object about a record that has just been made. */
  add(object: string, value: (field: string) => unknown, id: string, keep = false): void {
    for (const lookup of this.#known.values()) if (lookup.object === object) lookup.add(value, id, keep)
    if (!keep) return
    const list = this.#rehearsed.get(object) ?? []
    this.#rehearsed.set(object, list)
    list.push({ value, id })
  }

  async #reference(mapping: CompiledMapping, field: FieldDefinition): Promise<ReferenceLookup> {
    const { to, ...rest } = mapping.rule(field)
    const rule = { ...rest, to: to ?? '' }
    const name = JSON.stringify([rule.to, rule.by ?? null, rule.where ?? null])
    const known = this.#known.get(name)
    if (known) return known
    const target = await this.#session.definitions.get(rule.to)
    const by = rule.by ?? namingFields(target)
    if (by.length === 0) throw invalid(`“${rule.to}” has no name; say which field tells its records apart`)
    for (const each of by) if (!target.field.has(each)) throw crmError('FIELD_UNKNOWN', { field: each })
    const made = new ReferenceLookup(target, { ...rule, by }, await this.#where(target, rule.where ?? {}))
    for (const { value, id } of this.#rehearsed.get(rule.to) ?? []) made.add(value, id, true)
    this.#known.set(name, made)
    return made
  }

  /** Records in a condition are named, so that a saved mapping works in every tenant. */
  async #where(target: ObjectDefinition, where: Readonly<Record<string, string | number | boolean>>): Promise<Record<string, unknown>> {
    const resolved: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(where)) {
      const field = target.field.get(name)
      if (!field) throw crmError('FIELD_UNKNOWN', { field: name })
      resolved[name] = field.kind === 'reference' && field.to ? await this.#named(field.to, String(value)) : value
    }
    return resolved
  }

  async #named(object: string, text: string): Promise<string> {
    const target = await this.#session.definitions.get(object)
    const lookup = new ReferenceLookup(target, { by: namingFields(target) }, {})
    await lookup.load(this.#session, [text])
    const found: Found = lookup.find(text)
    if ('refused' in found) throw invalid(`there is no one “${text}” in ${object}`)
    return found.id
  }
}

function invalid(reason: string): Error {
  return crmError('IMPORT_MAPPING_INVALID', { reason })
}
