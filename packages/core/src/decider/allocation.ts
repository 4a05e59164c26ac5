import type { CandidateInput } from '../decision/decision.ts'
import type { Person } from '../directory/directory.ts'
import type { Words } from '../locale/locale.ts'
import type { ObjectHandle, Stored } from '../object/handle.ts'
import type { Reason } from '../reason/reason.ts'
import type { Records } from '../record/records.ts'
import type { Setting } from '../settings/setting.ts'
import type { Seed } from '../statistics/random.ts'

/** What an allocation decider may look at before it decides: everything set-based, nothing per record. It cannot write. */
export interface AllocationContext {
  readonly tenant: string
  /** The instant it decides for, ms. */
  readonly at: number
  /** In a back-test the past instant that figures are asked for, see `AggregateQuery.asOf`; undefined in a run. */
  readonly asOf: number | undefined
  /** Of this run: stored with it. */
  readonly seed: Seed
  /** What `keep` gave after the run before; null at first. */
  readonly kept: unknown
  /** Records as the system sees them. */
  records<T extends object>(object: ObjectHandle<T>): Pick<Records<T>, 'find' | 'count' | 'aggregate'>
  /** Everybody of the directory, by id; those of a team and the teams below it. */
  people(query?: { readonly team?: string }): Promise<readonly Person[]>
  /** Why somebody gets no work at this instant; null where they do. */
  denial(person: Person): Reason | null
  /** A setting as it is for each of these people. */
  settings<V>(setting: Setting<V>, people: readonly string[]): Promise<ReadonlyMap<string, V>>
  /** A setting as it is for the organisation. */
  setting<V>(setting: Setting<V>): Promise<V>
}

/** What was decided about one record. */
export interface AllocationDecision<T extends object = Record<string, unknown>> {
  /** What the record gets; null: nobody was found, and nothing is written. */
  readonly set: { readonly [K in keyof T | 'ownerId' | 'teamId']?: (K extends keyof T ? T[K] : string) | null } | null
  /** Who was chosen; `set.ownerId` unless said. */
  readonly winner?: string | null
  /** Why, or why nobody: one of the plugin's reasons. */
  readonly reason: Reason
  /** Everybody considered, asked for at once where it is written down. */
  readonly candidates?: () => readonly CandidateInput[]
}

/** One version of an allocation's code. */
export interface AllocationCode<T extends object = Record<string, unknown>, S = unknown> {
  /** 1, 2 …: raised whenever `load` or `decide` decides otherwise than before. Every decision names it. */
  readonly code: number
  /** Reads what there is to decide from, set-based. */
  load(context: AllocationContext): Promise<S>
  /**
   * Decides about one record: the same four arguments, the same answer. The state is its own from then on: it may be changed and answered
   * again, as nobody else holds it. `seed` is the record's own, made from the run's.
   */
  decide(state: S, subject: Stored<T>, now: number, seed: Seed): { readonly decision: AllocationDecision<T>; readonly state: S }
  /** What the next run is to know, such as whose turn it is: JSON of at most 1,000,000 characters. */
  keep?(state: S): unknown
  /** In a back-test, once a day: its own state, in the world as it was then. Its own as it is unless said. */
  carry?(own: S, world: S): S
  /** Where everybody stands at the end of a run: who got how many, and why somebody got none. Kept with the run's entry in the log. */
  standing?(state: S): readonly CandidateInput[]
}

/** A figure of a run, computed from the state at its end. */
export interface AllocationMetric<S = unknown> {
  readonly label: Words
  of(state: S): number
}
