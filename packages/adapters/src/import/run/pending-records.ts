import type { Session } from '@guanxi/core'
import { type FlatValues, nested } from './row-plan.ts'
import { idsIn } from './write-batch.ts'

interface Pending {
  readonly object: string
  readonly values: FlatValues
}

/**
 * Records that a rehearsal has made and taken back. A later batch that points to them gets them again, for as long as its own
 * transaction lasts: a rehearsal never holds a lock for more than one batch.
 */
export class PendingRecords {
  readonly #records = new Map<string, Pending>()
  readonly #objects: ReadonlySet<string>

  /** `objects`: those that anything points to; the others need not be kept. */
  constructor(objects: ReadonlySet<string>) {
    this.#objects = objects
  }

  keep(object: string, id: string, values: FlatValues): void {
    if (this.#objects.has(object)) this.#records.set(id, { object, values })
  }

  /** Makes again what these values point to, and what that points to. */
  async restore(session: Session, values: readonly FlatValues[]): Promise<void> {
    const depths = new Map<string, number>()
    for (const each of values) for (const id of this.#pointedTo(each)) this.#depth(id, depths)
    const deepest = Math.max(-1, ...depths.values())
    for (let depth = 0; depth <= deepest; depth++) {
      const ids = [...depths].filter(([, at]) => at === depth).map(([id]) => id)
      for (const [object, group] of Map.groupBy(ids, (id) => this.#records.get(id)?.object ?? '')) {
        await session.records(object).createMany(group.map((id) => ({ id, ...nested(this.#records.get(id)?.values ?? {}) })))
      }
    }
  }

  #pointedTo(values: FlatValues): string[] {
    return Object.values(values)
      .flatMap(idsIn)
      .filter((id) => this.#records.has(id))
  }

  #depth(id: string, depths: Map<string, number>): number {
    const known = depths.get(id)
    if (known !== undefined) return known
    depths.set(id, 0)
    const below = this.#pointedTo(this.#records.get(id)?.values ?? {}).map((other) => this.#depth(other, depths))
    const depth = Math.max(-1, ...below) + 1
    depths.set(id, depth)
    return depth
  }
}
