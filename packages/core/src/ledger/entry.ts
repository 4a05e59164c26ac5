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
export const entryColumns = [
  ...['ledger', 'key', 'id', 'account', 'amount', 'at', 'recorded_at', 'object', 'record_id', 'reverses'],
  ...['reason', 'data', 'actor_kind', 'actor_id'],
] as const

/** What all entries of one write have in common. */
export interface EntryStamp {
  readonly at: number
  readonly recordedAt: number
  readonly record: LedgerEntry['record']
  readonly actor: LedgerEntry['actor']
}

/** The row of a posting, without its tenant. */
export function entryRow(
  { ledger, account, amount, key, reason, data }: Posting,
  stamp: EntryStamp,
  reverses: string | null = null,
): unknown[] {
  const { at, recordedAt, record, actor } = stamp
  const facts = data === undefined ? null : JSON.stringify(data)
  return [
    ...[ledger.name, key, newId(), account, amount, at, recordedAt, record?.object ?? null, record?.id ?? null, reverses],
    ...[reason ?? null, facts, actor.kind, actor.id],
  ]
}

/** An entry out of its row. */
export function decodeEntry(row: RawRow): LedgerEntry {
  const { data } = row
  return {
    id: String(row.id),
    ledger: String(row.ledger),
    account: String(row.account),
    amount: Number(row.amount),
    key: String(row.key),
    at: Number(row.at),
    recordedAt: Number(row.recorded_at),
    record: row.record_id === null ? null : { object: String(row.object), id: String(row.record_id) },
    reverses: textOrNull(row.reverses),
    reason: textOrNull(row.reason),
    data: (typeof data === 'string' ? JSON.parse(data) : data) as LedgerEntry['data'],
    actor: { kind: String(row.actor_kind), id: String(row.actor_id) },
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

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}
