import { asClientError, type ClientError } from '../client/client-error.ts'
import { nestValues, readField } from '../client/record.ts'
import type { Session } from '../client/session.ts'
import type { CrmRecord } from '../client/types.ts'
import type { Lanes } from './lanes.ts'

/** Values by field name. */
export type MoveValues = ReadonlyMap<string, unknown>

/** A move as a command: what is written, what takes it back, and where the card stands then. */
export interface Move {
  readonly id: string
  readonly values: MoveValues
  /** What the same fields held before. */
  readonly before: MoveValues
  /** Null: where its rank puts it. */
  readonly index: number | null
  readonly indexBefore: number
}

/** How a move ended. */
export type MoveResult = { readonly ok: true; readonly record: CrmRecord } | { readonly ok: false; readonly error: ClientError }

interface Line {
  /** Moves of this record that the server has not answered yet. */
  pending: number
  /** What the server has in the fields that moves have touched, and where the card stood with that. */
  confirmed: { readonly values: MoveValues; readonly index: number | null }
  tail: Promise<unknown>
}

/**
 * Moves at once here and then on the server, one at a time per record. A refused move is taken back by the inverse of what it did, so
 * changes that arrived meanwhile stay; later moves of the same record go on from the version the earlier one left.
 */
export class MoveQueue {
  /** Is an answer being taken? Whoever asked for the move draws what comes of it, together with what is said about it. */
  isSettling = false
  readonly #session: Session
  readonly #object: string
  readonly #lanes: Lanes
  readonly #lines = new Map<string, Line>()

  constructor(session: Session, object: string, lanes: Lanes) {
    this.#session = session
    this.#object = object
    this.#lanes = lanes
  }

  /** Is any move unanswered? */
  get isBusy(): boolean {
    return this.#lines.size > 0
  }

  /** Carries a move out. */
  async run(move: Move): Promise<MoveResult> {
    const line = this.#lines.get(move.id) ?? {
      pending: 0,
      confirmed: { values: move.before, index: move.indexBefore },
      tail: Promise.resolve(),
    }
    this.#lines.set(move.id, line)
    line.pending += 1
    // A field that this move is the first to touch still has its old value on the server.
    line.confirmed = { ...line.confirmed, values: new Map([...move.before, ...line.confirmed.values]) }
    this.#apply(move.id, move.values, move.index)
    const answer = line.tail.then(() => this.#send(move))
    line.tail = answer
    const result = await answer
    line.pending -= 1
    this.isSettling = true
    this.#settle(move, line, result)
    this.isSettling = false
    if (line.pending === 0) this.#lines.delete(move.id)
    return result
  }

  async #send({ id, values }: Move): Promise<MoveResult> {
    const { client, store } = this.#session
    const version = store.get(this.#object, id)?.version ?? 'any'
    try {
      return { ok: true, record: await client.update(this.#object, id, version, nestValues(values)) }
    } catch (error) {
      return { ok: false, error: asClientError(error) }
    }
  }

  #settle(move: Move, line: Line, result: MoveResult): void {
    const { store } = this.#session
    // A later move of this record is already shown: keep its values, take all else.
    const keep = (record: CrmRecord) => (line.pending > 0 ? this.#withShown(record, line) : record)
    if (result.ok) {
      const taken = [...move.values.keys()].map((name) => [name, readField(result.record, name) ?? null] as const)
      line.confirmed = { values: new Map([...line.confirmed.values, ...taken]), index: move.index }
      store.commit(this.#object, keep(result.record))
      return
    }
    if (line.pending === 0) this.#apply(move.id, line.confirmed.values, line.confirmed.index)
    const { current } = result.error.details
    if (result.error.code === 'CONFLICT' && isRecord(current)) store.merge(this.#object, [keep(current)])
  }

  #withShown(record: CrmRecord, line: Line): CrmRecord {
    const shown = this.#session.store.get(this.#object, record.id)
    const values = nestValues(new Map([...line.confirmed.values.keys()].map((name) => [name, readField(shown, name)])))
    return over(record, values)
  }

  #apply(id: string, values: MoveValues, index: number | null): void {
    if (!this.#session.store.get(this.#object, id)) return
    if (index !== null) this.#lanes.land(id, index)
    this.#session.store.patch(this.#object, id, nestValues(values))
    this.#lanes.landed(id)
  }
}

function over(record: CrmRecord, values: Readonly<Record<string, unknown>>): CrmRecord {
  const custom = values.custom ? { custom: { ...record.custom, ...(values.custom as object) } } : {}
  return { ...record, ...values, ...custom }
}

function isRecord(value: unknown): value is CrmRecord {
  return typeof value === 'object' && value !== null && 'id' in value && 'version' in value
}
