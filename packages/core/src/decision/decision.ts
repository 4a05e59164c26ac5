import type { Reason, StoredReason } from '../reason/reason.ts'

/** Live decisions were carried out; shadow ones and back-tests only say what would have been. */
export type DecisionMode = 'live' | 'shadow' | 'backtest'

/** Somebody or something that could have been chosen. */
export interface CandidateInput {
  /** Id of a person, team, pool … */
  readonly id: string
  /** Why it was not chosen; empty for the winner, and for those who were only ranked lower. */
  readonly reasons?: readonly (Reason | StoredReason)[]
  /** Rank, 1 first; null where it was left out before ranking. */
  readonly rank?: number | null
  /** What the rank was made from, such as a load. */
  readonly facts?: Readonly<Record<string, unknown>>
}

/** An automatic decision (or a denial) as whoever took it writes it down. */
export interface DecisionInput {
  /** `<plugin>.<name>` of the decider or command. */
  readonly decider: string
  /** Version of its rule. */
  readonly version?: number
  readonly mode?: DecisionMode
  /** The record it is about, if any. */
  readonly subject?: { readonly object: string; readonly id: string } | null
  readonly outcome: 'decided' | 'denied' | 'skipped'
  /** Who or what was chosen. */
  readonly winner?: string | null
  readonly reasons?: readonly (Reason | StoredReason)[]
  /** What it was decided from. */
  readonly inputs?: Readonly<Record<string, unknown>>
  /** Everybody who was considered, 1,000 at most. */
  readonly candidates?: readonly CandidateInput[]
  /** Seed of every random choice in it. */
  readonly seed?: string | null
  /** When it was taken, ms; now unless said. */
  readonly at?: number
  /** Days it is kept; 400 unless said. */
  readonly keepDays?: number
}

/** A decision as it was kept. */
export interface Decision {
  readonly id: string
  readonly decider: string
  readonly version: number
  /** Version of the tenant's configuration it was taken in. */
  readonly configVersion: number
  readonly mode: DecisionMode
  readonly subject: { readonly object: string; readonly id: string } | null
  readonly outcome: DecisionInput['outcome']
  readonly winner: string | null
  readonly reasons: readonly Reason[]
  readonly inputs: Readonly<Record<string, unknown>>
  readonly seed: string | null
  readonly at: number
  readonly actor: { readonly kind: string; readonly id: string }
}

/** One of those considered. */
export interface Candidate {
  readonly id: string
  readonly won: boolean
  readonly rank: number | null
  readonly reasons: readonly Reason[]
  readonly facts: Readonly<Record<string, unknown>>
}

/** What everybody who may read a record may know of a decision about it. */
export type DecisionOutline = Pick<Decision, 'id' | 'decider' | 'version' | 'configVersion' | 'outcome' | 'winner' | 'reasons' | 'at'>

/** Which decisions, newest first. */
export interface DecisionQuery {
  readonly subjectId?: string
  readonly decider?: string
  readonly mode?: DecisionMode
  /** 1 to 200; 50 unless said. */
  readonly limit?: number
  readonly cursor?: string
}

/** The log of decisions: why, and why not me, also months later. */
export interface Decisions {
  /** Writes decisions down, 1,000 at most, in the call's transaction if there is one. The answer is their ids. */
  record(decisions: readonly DecisionInput[]): Promise<readonly string[]>
  find(query?: DecisionQuery): Promise<{ readonly decisions: readonly Decision[]; readonly cursor: string | null }>
  /** A decision with everybody considered, the winner first, then by rank. */
  explain(id: string): Promise<Decision & { readonly candidates: readonly Candidate[] }>
  /**
   * Why a record is as it is: the decisions about it, newest first, for everybody who may read the record. What they were decided from
   * and who else was considered are for readers of the log.
   */
  why(
    record: { readonly object: string; readonly id: string },
    query?: Pick<DecisionQuery, 'limit' | 'cursor'>,
  ): Promise<{ readonly decisions: readonly DecisionOutline[]; readonly cursor: string | null }>
  /**
   * Decisions somebody was considered in and did not win, with the reasons, newest first. Others' reasons are not part of it: everybody
   * may ask it of themselves.
   */
  whyNot(
    person: string,
    query?: Pick<DecisionQuery, 'limit' | 'cursor'>,
  ): Promise<{
    readonly entries: readonly {
      readonly decision: Pick<Decision, 'id' | 'decider' | 'subject' | 'outcome' | 'at' | 'mode'>
      readonly own: Candidate
    }[]
    readonly cursor: string | null
  }>
  /** Deletes what has been kept long enough. The answer is how many decisions went. */
  purge(): Promise<number>
}
