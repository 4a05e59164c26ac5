import { newId } from '../id/uuid7.ts'
import type { RawRow } from '../store/port.ts'
import type { Ledger, Posting } from './ledger.ts'

/** An entry of a ledger. It never changes. */
export interface LedgerEntry {
  /** Orders entries by time. */
  readonly id: string
  readonly ledger: string
  /** Names the entry within its ledger. */
  readonly key: string
  readonly account: string
  readonly amount: number
  /** When it was true, ms; {@link recordedAt} is when we learned it. */
  readonly at: number
  readonly recordedAt: number
  /** The record whose write carried it. */
  readonly record: { readonly object: string; readonly id: string } | null
  /** Key of the entry this one takes back. */
  readonly reverses: string | null
  readonly reason: string | null
  readonly data: Readonly<Record<string, unknown>> | null
  readonly actor: { readonly kind: string; readonly id: string }
}

/** Columns of an entry, in the order of {@link entryRow}. */
export const entryColumns = ['ledger', 'key', 'id', 'account', 'amount', 'at', 'record_id', 'about'] as const

/** What explains an entry, under short keys. */
interface About {
  /** When we learned it. */
  readonly t: number
  /** Object of the record. */
  readonly r?: string
  /** Key of the entry taken back. */
  readonly x?: string
  /** Code of the reason. */
  readonly c?: string
  readonly d?: Readonly<Record<string, unknown>>
  /** Kind and id of the actor. */
  readonly a: readonly [string, string]
}

/** What all entries of one write have in common. */
export interface EntryStamp {
  readonly at: number
  readonly recordedAt: number
  readonly record: LedgerEntry['record']
  readonly actor: LedgerEntry['actor']
}

/** The row of a posting, without its tenant. */
export function entryRow(posting: Posting, { at, recordedAt, record, actor }: EntryStamp, reverses: string | null = null): unknown[] {
  const { ledger, account, amount, key, reason, data } = posting
  const about: About = {
    t: recordedAt,
    ...(record && { r: record.object }),
    ...(reverses !== null && { x: reverses }),
    ...(reason !== undefined && { c: reason }),
    ...(data !== undefined && { d: data }),
    a: [actor.kind, actor.id],
  }
  return [ledger.name, key, newId(), account, amount, at, record?.id ?? null, JSON.stringify(about)]
}

/** An entry out of its row. */
export function decodeEntry(row: RawRow): LedgerEntry {
  const about = (typeof row.about === 'string' ? JSON.parse(row.about) : row.about) as About
  const { t, r, x = null, c = null, d = null, a } = about
  return {
    id: String(row.id),
    ledger: String(row.ledger),
    account: String(row.account),
    amount: Number(row.amount),
    key: String(row.key),
    at: Number(row.at),
    recordedAt: t,
    record: r === undefined ? null : { object: r, id: String(row.record_id) },
    reverses: x,
    reason: c,
    data: d,
    actor: { kind: a[0], id: a[1] },
  }
}

/** A row's balance kind. Where a floor bounds the ledger the row holds what is missing to it: a guard only knows ceilings. */
export function balanceKind({ name }: Pick<Ledger, 'name'>): string {
  return `ledger:${name}`
}

/** 1 where balance rows hold the sum, −1 where they hold its opposite. */
export function balanceSign({ bound }: Pick<Ledger, 'bound'>): 1 | -1 {
  return bound === 'floor' ? -1 : 1
}

/** The sum of a ledger's account out of its balance row. There is no −0 in a book. */
export function balanceOf(ledger: Pick<Ledger, 'bound'>, used: number): number {
  return balanceSign(ledger) * used + 0
}
