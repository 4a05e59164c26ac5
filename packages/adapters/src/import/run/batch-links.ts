import { type FieldDefinition, newId, type Session } from '@guanxi/core'
import { type CompiledMapping, linkSources, type Source } from '../compile/compiled.ts'
import { cellText } from '../convert/cell-content.ts'
import { convertCell } from '../convert/convert-cell.ts'
import type { Converted, Refused } from '../convert/converted.ts'
import { splitList } from '../convert/list.ts'
import type { ConvertOptions, Found } from '../convert/options.ts'
import type { Lookups } from '../lookup/lookups.ts'
import type { PeopleLookup } from '../lookup/people-lookup.ts'
import { ReferenceLookup } from '../lookup/reference-lookup.ts'
import type { Cell, TableRow } from '../table.ts'
import type { Stub } from './row-plan.ts'

const missingCodes: ReadonlySet<string> = new Set(['IMPORT_REFERENCE_MISSING', 'IMPORT_REFERENCE_NEAR', 'IMPORT_PERSON_MISSING'])

/** What the names in a batch of rows mean: records that exist, rows of the same batch, records to be made, rows still to come. */
export class BatchLinks {
  readonly #mapping: CompiledMapping
  readonly #lookups: ReadonlyMap<string, ReferenceLookup | PeopleLookup>
  readonly #options = new Map<Source, ConvertOptions>()
  readonly #rowIds = new Map<TableRow, string>()
  readonly #named = new Map<string, string>()
  readonly #stubs = new Map<string, Stub>()

  private constructor(mapping: CompiledMapping, lookups: ReadonlyMap<string, ReferenceLookup | PeopleLookup>) {
    this.#mapping = mapping
    this.#lookups = lookups
  }

  static async load(session: Session, mapping: CompiledMapping, lookups: Lookups, rows: readonly TableRow[]): Promise<BatchLinks> {
    const links = new BatchLinks(mapping, await lookups.of(mapping))
    const wanted = new Map<ReferenceLookup | PeopleLookup, Set<string>>()
    for (const source of linkSources(mapping)) {
      const lookup = links.#lookups.get(source.field.name)
      if (lookup) for (const row of rows) collect(links.textOf(source, row), source.field, wanted.get(lookup) ?? put(wanted, lookup))
    }
    for (const [lookup, texts] of wanted) await lookup.load(session, texts)
    links.#nameRows(rows)
    return links
  }

  /** Records that rows name and nobody has, to be made before the rows. */
  get stubs(): readonly Stub[] {
    return [...this.#stubs.values()]
  }

  idOf(row: TableRow): string | undefined {
    return this.#rowIds.get(row)
  }

  /** The text of a cell, its value mapped. */
  textOf({ cell, options }: Source, row: TableRow): string {
    const text = cellText(cell(row)).trim()
    const mapped = options.values?.get(text)
    if (mapped !== undefined) return mapped?.trim() ?? ''
    return options.empty?.has(text) ? '' : text
  }

  /** What a cell means; without names to look up that is known beforehand. */
  convert(source: Source, cell: Cell): Converted {
    const options = this.options(source)
    return options === source.options ? source.read(cell) : convertCell(cell, source.field, options)
  }

  options(source: Source): ConvertOptions {
    const known = this.#options.get(source)
    if (known) return known
    const lookup = this.#lookups.get(source.field.name)
    const made = lookup
      ? { ...source.options, find: (text: string, probe?: boolean) => this.#find(source.field, lookup, text, probe) }
      : source.options
    this.#options.set(source, made)
    return made
  }

  /** What happens instead of refusing: the reference waits for the rest of the file, or is left empty. */
  instead(field: FieldDefinition, { refused }: Refused): 'wait' | 'empty' | null {
    if (!missingCodes.has(refused)) return null
    if (this.#isSelf(field) && field.kind === 'reference') return 'wait'
    return this.#mapping.mapping.references?.[field.name]?.missing === 'empty' ? 'empty' : null
  }

  #isSelf(field: FieldDefinition): boolean {
    const lookup = this.#lookups.get(field.name)
    return lookup instanceof ReferenceLookup && lookup.object === this.#mapping.definition.name
  }

  #find(field: FieldDefinition, lookup: ReferenceLookup | PeopleLookup, text: string, probe = false): Found {
    const found = lookup.find(text)
    if (!('refused' in found) || !missingCodes.has(found.refused) || !(lookup instanceof ReferenceLookup)) return found
    if (this.#isSelf(field)) {
      const id = this.#named.get(text)
      return id === undefined ? found : { id, object: lookup.object }
    }
    if (probe || this.#mapping.rule(field).missing !== 'create') return found
    return { id: this.#stub(field, lookup, text).id, object: lookup.object, code: 'REFERENCE_CREATED' }
  }

  #stub(field: FieldDefinition, lookup: ReferenceLookup, text: string): Stub {
    const name = JSON.stringify([lookup.object, text])
    const known = this.#stubs.get(name)
    if (known) return known
    const { create = {} } = this.#mapping.rule(field)
    const stub = { object: lookup.object, id: newId(), values: { ...create, [lookup.by[0] ?? 'name']: text } }
    this.#stubs.set(name, stub)
    return stub
  }

  /** Rows that others of the file may refer to have their ids beforehand. */
  #nameRows(rows: readonly TableRow[]): void {
    const own = this.#mapping.links.filter((field) => this.#isSelf(field)).map(({ name }) => this.#lookups.get(name) as ReferenceLookup)
    const by = new Set(own.flatMap((lookup) => lookup.by))
    const naming = this.#mapping.sources.filter(({ field }) => by.has(field.name))
    if (naming.length === 0) return
    for (const row of rows) {
      const id = newId()
      this.#rowIds.set(row, id)
      for (const source of naming) {
        const text = this.textOf(source, row)
        if (text !== '' && !this.#named.has(text)) this.#named.set(text, id)
      }
    }
  }
}

function put<K>(map: Map<K, Set<string>>, key: K): Set<string> {
  const made = new Set<string>()
  map.set(key, made)
  return made
}

function collect(text: string, field: FieldDefinition, into: Set<string>): void {
  if (text === '') return
  into.add(text)
  if (field.kind === 'links') for (const part of splitList(text)) into.add(part)
}
