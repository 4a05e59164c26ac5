import type { LedgerEntry } from './entry.ts'
import type { Ledger, Posting } from './ledger.ts'

/** A page of an account. */
export interface LedgerQuery {
  /** 1 to 500; 50 unless said. */
  readonly limit?: number
  /** From the page before. */
  readonly cursor?: string
}

/** What a recount found. */
export interface Recount {
  /** Accounts looked at. */
  readonly accounts: number
  /** Accounts whose balance is not the sum of their entries. */
  readonly differences: readonly { readonly account: string; readonly balance: number; readonly sum: number }[]
  /** Were they put right? */
  readonly repaired: boolean
}

/** The ledgers of a tenant. Balances are rows moved in the same statement as the entries; entries are never changed. */
export interface Ledgers {
  /** The sum of an account's entries. */
  balance(ledger: Ledger, account: string): Promise<number>
  /** The same for many, 1,000 at most; accounts without entries are 0. */
  balances(ledger: Ledger, accounts: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Entries of an account, newest first. */
  entries(
    ledger: Ledger,
    account: string,
    query?: LedgerQuery,
  ): Promise<{ readonly entries: readonly LedgerEntry[]; readonly cursor: string | null }>
  /** Entries that the writes of a record carried, of every ledger, newest first. Only for who may read the record. */
  entriesOf(
    record: { readonly object: string; readonly id: string },
    query?: LedgerQuery,
  ): Promise<{ readonly entries: readonly LedgerEntry[]; readonly cursor: string | null }>
  /** The ledgers there are, by name. */
  list(): readonly Ledger[]
  /**
   * Posts without a record's write around it, all or nothing. Throws LEDGER_LIMIT, and LEDGER_REPEATED for a key that has been posted.
   * A posting that belongs to a write is given to that write instead: `create(values, { post })`, or `change.post` in a hook.
   */
  post(postings: readonly Posting[]): Promise<void>
  /** Takes the entry of a key back with its opposite, once; a reversal itself cannot be taken back. */
  reverse(ledger: Ledger, key: string, why?: Pick<Posting, 'reason' | 'data'>): Promise<LedgerEntry>
  /** Compares every balance with the sum of its entries, and with `repair` puts it right. */
  recount(ledger: Ledger, options?: { readonly repair?: boolean }): Promise<Recount>
}
