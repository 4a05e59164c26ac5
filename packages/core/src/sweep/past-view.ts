import { type RelationNeeded, relationsTogether } from '../expression/facts.ts'
import { loadRelations } from '../read/load-relations.ts'
import type { Scope } from '../scope/scope.ts'
import type { Tenant } from '../tenant/tenants.ts'
import type { Locked } from '../write/locked-read.ts'
import { movedChildren } from './moved-children.ts'
import { belongs, pastOfChildren, type SetPlace, setsAmong } from './past-sets.ts'
import type { PastRecord, PastState } from './past-states.ts'

/** A record with all that an expression looks at, as it was at an instant. */
export interface Seen {
  readonly record: Locked
  /** True where values of that time have been erased. */
  readonly isUnknown: boolean
}

/** How a state of a record looked at an instant within it. */
export type ViewAt = (state: PastState, at: number) => Seen

type Row = { readonly id: string; readonly related?: Readonly<Record<string, unknown>> }

/**
 * What rules look at beyond the record, as it was: child records by the log, each with the values and the parent it had at the instant.
 * Records that are referred to are taken as they are now.
 */
export class PastRelations {
  readonly #scope: Scope
  readonly #tenant: Tenant
  readonly #object: string
  readonly #needed: readonly RelationNeeded[]
  readonly #referred: readonly RelationNeeded[]
  readonly #sets: readonly SetPlace[]
  readonly #window: { readonly from: number; readonly to: number }
  readonly #moved = new Map<SetPlace, ReadonlyMap<string, readonly string[]>>()

  constructor(
    scope: Scope,
    of: { readonly tenant: Tenant; readonly object: string; readonly needed: readonly RelationNeeded[] },
    window: { readonly from: number; readonly to: number },
  ) {
    this.#scope = { ...scope, privileged: true }
    this.#tenant = of.tenant
    this.#object = of.object
    this.#sets = setsAmong(of.tenant, of.object, relationsTogether(of.needed))
    const isInside = (path: string): boolean => this.#sets.some(({ needed }) => path === needed.path || path.startsWith(`${needed.path}.`))
    this.#needed = relationsTogether(of.needed)
    this.#referred = of.needed.filter(({ path }) => !isInside(path))
    this.#window = window
  }

  /** Reads what a page of records needs. */
  async load(page: readonly PastRecord[]): Promise<ViewAt> {
    const records = page.flatMap(({ states }) => states.map(({ record }) => record))
    for (let start = 0; start < records.length; start += 200)
      await loadRelations(this.#scope, this.#tenant, this.#object, records.slice(start, start + 200), this.#referred)
    const timelines = new Map<SetPlace, ReadonlyMap<string, readonly PastRecord[]>>()
    for (const set of this.#sets) timelines.set(set, await this.#timelines(set, records))
    return (state, at) => viewAt(state, at, timelines)
  }

  async #timelines(set: SetPlace, records: readonly Locked[]): Promise<ReadonlyMap<string, readonly PastRecord[]>> {
    const moved = this.#moved.get(set) ?? (await movedChildren(this.#scope, set, this.#window.from))
    this.#moved.set(set, moved)
    const parents = [...new Set(records.flatMap((record) => parentOf(record, set.steps.slice(0, -1))?.id ?? []))]
    const found = await pastOfChildren(this.#scope, set, parents, moved, this.#window)
    const inside = `${set.needed.path}.`
    const further = this.#needed.flatMap((one) => (one.path.startsWith(inside) ? { ...one, path: one.path.slice(inside.length) } : []))
    const children = [...found.values()].flatMap((pasts) => pasts.flatMap(({ states }) => states.map(({ record }) => record)))
    await loadRelations(this.#scope, this.#tenant, set.child.definition.name, children, further)
    return found
  }
}

/** The record whose children are meant, at the end of some references. */
function parentOf(row: Row, steps: readonly string[]): Row | null {
  let at: Row | null = row
  for (const step of steps) at = (at?.related?.[step] as Row | null | undefined) ?? null
  return at
}

function viewAt(state: PastState, at: number, timelines: ReadonlyMap<SetPlace, ReadonlyMap<string, readonly PastRecord[]>>): Seen {
  let { record, isUnknown } = state
  for (const [set, byParent] of timelines) {
    const parent = parentOf(record, set.steps.slice(0, -1))
    if (!parent) continue
    const rows: Locked[] = []
    for (const past of byParent.get(parent.id) ?? []) {
      const child = stateAt(past, at)
      if (!child || !belongs(set, child.record, parent.id) || isGone(child.record, at)) continue
      isUnknown ||= child.isUnknown
      rows.push(child.record)
    }
    record = placed(record, set.steps, rows) as Locked
  }
  return { record, isUnknown }
}

const isGone = ({ deletedAt }: Locked, at: number): boolean => deletedAt !== null && deletedAt <= at

/** The last state that had begun; none where the record was not there yet. */
const stateAt = ({ states }: PastRecord, at: number): PastState | undefined => states.findLast(({ from }) => from <= at)

/** The same row with other child records at the end of its path. */
function placed(row: Row, [step = '', ...rest]: readonly string[], rows: readonly Locked[]): Row {
  const next = rest.length === 0 ? rows : placed(row.related?.[step] as Row, rest, rows)
  return { ...row, related: { ...row.related, [step]: next } }
}
