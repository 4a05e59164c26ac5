import type { RawRow, Store } from '../store/port.ts'

/** A committed change as those see it who pass it on: what it was about, nothing of its values but who owned the record before. */
export interface TailChange {
  readonly tenant: string
  readonly object: string
  readonly recordId: string
  readonly operation: 'create' | 'update' | 'delete' | 'restore'
  /** The owner this change took the record from; undefined where it did not. */
  readonly ownerBefore?: string | null
}

/** The end of the change log, over all tenants: for adapters, which ask what a reader may see before they tell anybody. */
export interface ChangeTail {
  /** Where the log ends now. */
  end(): Promise<string | null>
  /** What was committed after that, in order; 1 to 1,000 at once. */
  after(cursor: string | null, limit: number): Promise<{ readonly changes: readonly TailChange[]; readonly cursor: string | null }>
}

/** Reads the end of the log. */
export function changeTail(store: () => Store): ChangeTail {
  return {
    end: () => store().work.endOfChanges(),
    async after(cursor, limit) {
      const page = await store().direct.changesAfter(cursor, limit)
      return { changes: page.rows.map(tailChange), cursor: page.cursor }
    },
  }
}

function tailChange(row: RawRow): TailChange {
  const owner = ownerPair(row.values)
  return {
    tenant: String(row.tenant_id),
    object: String(row.object),
    recordId: String(row.record_id),
    operation: row.op as TailChange['operation'],
    ...(owner && { ownerBefore: (owner[0] as string | null | undefined) ?? null }),
  }
}

/** Most changes keep the owner, and need no reading. */
function ownerPair(values: unknown): readonly unknown[] | null {
  if (typeof values === 'string' && !values.includes('"owner_id"')) return null
  const parsed = (typeof values === 'string' ? JSON.parse(values) : values) as { owner_id?: readonly unknown[] } | null
  return parsed?.owner_id ?? null
}
