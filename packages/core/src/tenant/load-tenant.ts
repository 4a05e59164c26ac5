import { directoryDefinition } from '../directory/path-definitions.ts'
import { crmError } from '../error/crm-error.ts'
import { formsWith } from '../expression/define-operator.ts'
import { literalForm } from '../expression/lower/literal-form.ts'
import type { KindContext } from '../kind/kind.ts'
import { LogicBook, type LogicSources } from '../logic/book.ts'
import { checkDefinitions } from '../object/check-definitions.ts'
import { compileDefinition } from '../object/compile-definition.ts'
import type { ObjectDefinition } from '../object/definition.ts'
import { parseOverlay } from '../object/overlay.ts'
import type { Contributions } from '../plugin/collect.ts'
import { readSettingRows } from '../settings/rows.ts'
import { SettingsSnapshot } from '../settings/snapshot.ts'
import type { SelectPlan, StoreSession } from '../store/port.ts'
import { overlayTable, revisionTable } from '../store/system-tables.ts'
import { readActiveRules } from './active-rules.ts'
import { type ObjectRuntime, objectRuntime, withLogic } from './object-runtime.ts'
import type { Tenant } from './tenants.ts'

/** Objects compiled once per overlay: tenants without one share the same runtime, and so the same prepared statements. */
export class ObjectRuntimes {
  readonly #contributions: Contributions
  readonly #kinds: KindContext
  readonly #forms: LogicSources['forms']
  readonly #compiled = new Map<string, ObjectRuntime>()
  /** What the code itself says in expressions, without anybody's own fields. */
  readonly logic: LogicBook

  constructor(contributions: Contributions, kinds: KindContext = { country: 'CN' }) {
    this.#contributions = contributions
    this.#kinds = kinds
    this.#forms = formsWith(contributions.operators)
    const definitions = contributions.objects.map(({ handle }) => this.of(handle.name, '').definition)
    const byName = new Map(definitions.map((definition) => [definition.name, definition]))
    checkDefinitions(byName)
    this.logic = this.bookOf((name) => byName.get(name))
    for (const definition of definitions) if (definition.hasLogic) this.logic.of(definition)
  }

  /** What definitions say in expressions. */
  bookOf(objects: LogicSources['definition'], tolerant = false): LogicBook {
    const definition = (name: string): ObjectDefinition | undefined => directoryDefinition(name) ?? objects(name)
    const known = (name: string): ObjectDefinition => {
      const found = definition(name)
      if (!found) throw crmError('OBJECT_UNKNOWN', { object: name })
      return found
    }
    return new LogicBook({ definition, forms: this.#forms, literal: literalForm(known, this.#kinds), tolerant })
  }

  /** The runtime of an object with this overlay text ('' = none). */
  of(object: string, overlay: string): ObjectRuntime {
    const key = `${object}\0${overlay}`
    const known = this.#compiled.get(key)
    if (known) return known
    const runtime = objectRuntime(this.#compile(object, overlay))
    if (this.#compiled.size > 10_000) this.#compiled.clear()
    this.#compiled.set(key, runtime)
    return runtime
  }

  names(): readonly string[] {
    return this.#contributions.objects.map(({ handle }) => handle.name)
  }

  #compile(object: string, overlay: string): ObjectDefinition {
    const own = this.#contributions.objects.find(({ handle }) => handle.name === object)
    if (!own) throw crmError('OBJECT_UNKNOWN', { object: object.slice(0, 100) }, { details: { object } })
    const extensions = this.#contributions.extensions.filter(({ handle }) => handle.name === object)
    const { fields, validations } = parseOverlay(object, overlay || null)
    return compileDefinition({ handle: own.handle, author: own.author, extensions, overlay: fields, validations })
  }
}

const revisionPlan: SelectPlan = { table: revisionTable, columns: ['revision'], order: [], revision: false }
const overlayPlan: SelectPlan = { table: overlayTable, columns: ['object', 'overlay'], order: [], revision: false }

/** A tenant as the database holds it, or null when the tenant is new. Of settings only what is newer than those known is read. */
export async function loadTenant(
  id: string,
  session: StoreSession,
  runtimes: ObjectRuntimes,
  known: SettingsSnapshot = SettingsSnapshot.empty,
): Promise<Tenant | null> {
  const [row] = await session.select(revisionPlan, [id])
  if (!row) return null
  const overlays = new Map<string, string>()
  for (const overlay of await session.select(overlayPlan, [id])) overlays.set(String(overlay.object), textOf(overlay.overlay))
  const revision = Number(row.revision)
  const settings = known.with(revision, await readSettingRows(session, id, known.version))
  return tenantOf(id, revision, overlays, runtimes, settings, await readActiveRules(session, id))
}

function tenantOf(
  id: string,
  revision: number,
  overlays: ReadonlyMap<string, string>,
  runtimes: ObjectRuntimes,
  settings: SettingsSnapshot,
  rules: Tenant['rules'],
): Tenant {
  const byObject = new Map<string, ObjectRuntime>()
  const runtime = (object: string): ObjectRuntime => {
    const known = byObject.get(object)
    if (known) return known
    const compiled = runtimes.of(object, overlays.get(object) ?? '')
    const { definition } = compiled
    const made = definition.hasLogic ? withLogic(compiled, () => tenant) : compiled
    byObject.set(object, made)
    return made
  }
  const names = new Set(runtimes.names())
  const book = runtimes.bookOf((object) => (names.has(object) ? runtime(object).definition : undefined), true)
  const subjects = { people: new Map(), parents: null }
  const definitions = () => runtimes.names().map((name) => runtime(name).definition)
  const tenant: Tenant = { id, revision, settings, subjects, runtime, rules, book, definitions }
  return tenant
}

const textOf = (json: unknown): string => (typeof json === 'string' ? json : JSON.stringify(json))
