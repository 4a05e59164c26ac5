import type { ChangeEntry } from '@guanxi/core/types'
import type { Client } from './client.ts'
import type { Words } from './types.ts'

/** A record by its object and id. */
export interface RecordPlace {
  readonly object: string
  readonly id: string
}

/** A page, and how to get the next. */
export interface LogQuery {
  readonly limit?: number
  readonly cursor?: string
}

/** An account book. */
export interface LedgerView {
  readonly name: string
  readonly label: Words
  readonly unit: 'count' | 'money'
  readonly bound?: 'ceiling' | 'floor'
}

/** A line of it. */
export interface LedgerEntry {
  readonly id: string
  readonly ledger: string
  readonly key: string
  readonly account: string
  readonly amount: number
  readonly at: number
  readonly recordedAt: number
  readonly record: RecordPlace | null
  readonly reverses: string | null
  readonly reason: string | null
  readonly data: Readonly<Record<string, unknown>> | null
  readonly actor: { readonly kind: string; readonly id: string }
}

/** A reason as a sentence in the reader's language. */
export interface ReasonView {
  readonly code: string
  readonly data: Readonly<Record<string, unknown>>
  readonly message: string
  readonly hint?: string | null
}

/** What readers of a record may know of a decision about it. */
export interface DecisionOutline {
  readonly id: string
  readonly decider: string
  readonly version: number
  readonly configVersion: number
  readonly outcome: 'decided' | 'denied' | 'skipped'
  readonly winner: string | null
  readonly reasons: readonly ReasonView[]
  readonly at: number
}

/** One entry of a record's history; `at` = when it was true, `recordedAt` = when it was written down. */
export type ChangeView = Omit<ChangeEntry, 'digest'>

/** A decision as the log has it. */
export interface DecisionView extends DecisionOutline {
  readonly mode: 'live' | 'shadow' | 'backtest'
  readonly subject: RecordPlace | null
  readonly inputs: Readonly<Record<string, unknown>>
  readonly seed: string | null
  readonly actor: { readonly kind: string; readonly id: string }
}

/** Somebody who was considered. */
export interface CandidateView {
  readonly id: string
  readonly won: boolean
  readonly rank: number | null
  readonly reasons: readonly ReasonView[]
  readonly facts: Readonly<Record<string, unknown>>
}

/** The routes of ledgers and decisions, typed. */
export class LogClient {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  async ledgers(signal?: AbortSignal): Promise<readonly LedgerView[]> {
    return (await this.#client.send<{ ledgers: LedgerView[] }>('GET', 'ledgers', { signal })).ledgers
  }

  async balances(ledger: string, accounts: readonly string[], signal?: AbortSignal): Promise<Readonly<Record<string, number>>> {
    const query = { accounts: accounts.join(',') }
    const { balances } = await this.#client.send<{ balances: Record<string, number> }>('GET', `ledgers/${ledger}/balances`, {
      query,
      signal,
    })
    return balances
  }

  /** Entries of an account, newest first, and its balance. */
  entries(
    ledger: string,
    account: string,
    page: LogQuery = {},
    signal?: AbortSignal,
  ): Promise<{ readonly entries: readonly LedgerEntry[]; readonly cursor: string | null; readonly balance: number }> {
    return this.#client.send('GET', `ledgers/${ledger}/entries`, { query: { account, ...inUrl(page) }, signal })
  }

  /** Entries that the writes of a record carried. */
  entriesOf(
    record: RecordPlace,
    page: LogQuery = {},
    signal?: AbortSignal,
  ): Promise<{ readonly entries: readonly LedgerEntry[]; readonly cursor: string | null }> {
    return this.#client.send('GET', `${pathOf(record)}/entries`, { query: inUrl(page), signal })
  }

  /** A record's history, newest first. */
  changes(
    record: RecordPlace,
    page: LogQuery = {},
    signal?: AbortSignal,
  ): Promise<{ readonly entries: readonly ChangeView[]; readonly cursor: string | null }> {
    return this.#client.send('GET', `${pathOf(record)}/changes`, { query: inUrl(page), signal })
  }

  /** Why a record is as it is. */
  why(
    record: RecordPlace,
    page: LogQuery = {},
    signal?: AbortSignal,
  ): Promise<{ readonly decisions: readonly DecisionOutline[]; readonly cursor: string | null }> {
    return this.#client.send('GET', `${pathOf(record)}/decisions`, { query: inUrl(page), signal })
  }

  /** The log of decisions, for who may read it. */
  decisions(
    query: LogQuery & { readonly subject?: string; readonly decider?: string; readonly mode?: DecisionView['mode'] } = {},
    signal?: AbortSignal,
  ): Promise<{ readonly decisions: readonly DecisionView[]; readonly cursor: string | null }> {
    const { subject, decider, mode } = query
    return this.#client.send('GET', 'decisions', { query: { subject, decider, mode, ...inUrl(query) }, signal })
  }

  /** A decision with everybody considered. */
  explain(id: string, signal?: AbortSignal): Promise<DecisionView & { readonly candidates: readonly CandidateView[] }> {
    return this.#client.send('GET', `decisions/${encodeURIComponent(id)}`, { signal })
  }

  /** Decisions somebody (the reader unless said) was considered in and did not win. */
  whyNot(
    query: LogQuery & { readonly person?: string } = {},
    signal?: AbortSignal,
  ): Promise<{
    readonly entries: readonly {
      readonly decision: Pick<DecisionView, 'id' | 'decider' | 'subject' | 'outcome' | 'at' | 'mode'>
      readonly own: CandidateView
    }[]
    readonly cursor: string | null
  }> {
    return this.#client.send('GET', 'decisions/why-not', { query: { person: query.person, ...inUrl(query) }, signal })
  }
}

const pathOf = ({ object, id }: RecordPlace): string => `records/${object}/${encodeURIComponent(id)}`

const inUrl = ({ limit, cursor }: LogQuery): Record<string, string | undefined> => ({ limit: limit?.toString(), cursor })
