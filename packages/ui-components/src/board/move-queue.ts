import { asClientError, type ClientError } from '../client/client-error.ts'
import type { Session } from '../client/session.ts'
import type { CrmRecord } from '../client/types.ts'
import type { Lanes } from './lanes.ts'

/** A move as a command: where a record goes, and what takes it back. */
export interface Move {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly fromIndex: number
}

/** How a move ended. */
export type MoveResult = { readonly ok: true; readonly record: CrmRecord } | { readonly ok: false; readonly error: ClientError }

interface Line {
  /** Moves of this record that the server has not answered yet. */
  pending: number
  /** Where the server has it, and where it stood there. */
  confirmed: { readonly column: string; readonly index: number }
  tail: Promise<unknown>
}

/**
 * Moves at once here and then on the server, one at a time per record. A refused move is taken back by the inverse of what it did, so
 * changes that arrived meanwhile stay; later moves of the same record go on from the version the earlier one left.
 */
export class MoveQueue {
  readonly #session: Session
  readonly #object: string
  readonly #field: string
  readonly #lanes: Lanes
  readonly #lines = new Map<string, Line>()

  constructor(session: Session, object: string, field: string, lanes: Lanes) {
    this.#session = session
    this.#object = object
    this.#field = field
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
      confirmed: { column: move.from, index: move.fromIndex },
      tail: Promise.resolve(),
    }
    this.#lines.set(move.id, line)
    line.pending += 1
    this.#apply(move.id, move.to, 0)
    const answer = line.tail.then(() => this.#send(move))
    line.tail = answer
    const result = await answer
    line.pending -= 1
    this.#settle(move, line, result)
    if (line.pending === 0) this.#lines.delete(move.id)
    return result
  }

  async #send({ id, to }: Move): Promise<MoveResult> {
    const { client, store } = this.#session
    const version = store.get(this.#object, id)?.version ?? 'any'
    try {
      return { ok: true, record: await client.update(this.#object, id, version, { [this.#field]: to }) }
    } catch (error) {
      return { ok: false, error: asClientError(error) }
    }
  }

  #settle(move: Move, line: Line, result: MoveResult): void {
    const { store } = this.#session
    const shown = store.get(this.#object, move.id)?.[this.#field]
    if (result.ok) {
      line.confirmed = { column: move.to, index: 0 }
      // A later move of this record is already shown: keep its place, take all else.
      store.commit(this.#object, line.pending > 0 ? { ...result.record, [this.#field]: shown } : result.record)
      return
    }
    if (line.pending === 0) this.#apply(move.id, line.confirmed.column, line.confirmed.index)
    const { current } = result.error.details
    if (result.error.code === 'CONFLICT' && isRecord(current))
      store.merge(this.#object, [line.pending > 0 ? { ...current, [this.#field]: shown } : current])
  }

  #apply(id: string, column: string, index: number): void {
    this.#lanes.land(id, index)
    this.#session.store.patch(this.#object, id, { [this.#field]: column })
  }
}

function isRecord(value: unknown): value is CrmRecord {
  return typeof value === 'object' && value !== null && 'id' in value && 'version' in value
}
