import type { Explanation } from '../expression/sentence/explain.ts'
import type { ScheduleTimes } from '../job/schedule.ts'
import type { Locale, Words } from '../locale/locale.ts'
import type { DeciderBody } from './body.ts'
import type { BlastLimit, ConditionRule } from './define-decider.ts'
import type { DeciderAction, DeciderKind, Replay, SaveInput } from './save-rule.ts'

/** `draft` does nothing; `shadow` only writes down what it would do; `pilot` is on for part of the records. */
export type DeciderStage = 'draft' | 'shadow' | 'pilot' | 'on' | 'off'

/** A decider as it stands in a tenant. */
export interface DeciderView {
  readonly id: string
  readonly kind: DeciderKind | 'allocation'
  readonly object: string
  readonly label: Words
  readonly stage: DeciderStage
  /** The version that counts; in `draft` the newest. */
  readonly version: number
  readonly versions: number
  /** What narrows a pilot. */
  readonly pilot: unknown
  readonly since: number | null
  readonly by: string | null
  /** True: the code of the plugin says something that no version holds; `propose` without rules takes it over. */
  readonly codeIsNewer: boolean
  readonly schedule: DeciderSchedule
  /** Why it does nothing though it is switched on: a field or an action it needs is gone. Null where all is well. */
  readonly broken: DeciderFault | null
}

/** What is wrong with something that was right when it was switched on. */
export interface DeciderFault {
  readonly code: string
  readonly message: Words
  /** JSON pointer into the decider. */
  readonly path: string | null
  /** When it was noticed, ms; null = not yet, see `noteBroken`. */
  readonly since: number | null
}

/** When a decider runs by itself. */
export interface DeciderSchedule {
  /** Null = by hand only. */
  readonly times: ScheduleTimes | null
  /** True where the tenant's admins have set it, whatever the code says. */
  readonly own: boolean
  /** The zone its times of day are meant in. */
  readonly zone: string
  /** The next instants, ms; none while it is a draft or off. */
  readonly next: readonly number[]
}

/** A version, with the rules as written and in words. */
export interface DeciderVersion extends DeciderBody {
  readonly version: number
  readonly at: number
  readonly by: string
  readonly note: string | null
}

/** One entry of a decider's life. */
export interface DeciderStep {
  readonly stage: DeciderStage
  readonly version: number
  readonly pilot: unknown
  /** When it runs by itself from this step on; null in steps of before there were schedules. */
  readonly schedule: Pick<DeciderSchedule, 'times' | 'own'> | null
  readonly at: number
  readonly by: string
  readonly note: string | null
}

/** How many records of whom. */
export interface DeciderShare {
  /** Id of the person or team; null = nobody. */
  readonly id: string | null
  readonly affected: number
  readonly holdings: number
}

/** One record a rule would act on. */
export interface DeciderCase {
  readonly id: string
  readonly name: string | null
  readonly rule: string
  readonly because: Readonly<Record<Locale, string>>
  /** Field → [now, then]. */
  readonly values: Readonly<Record<string, readonly [unknown, unknown]>>
}

/** Cases of a preview, by id. */
export interface DeciderCases {
  readonly cases: readonly DeciderCase[]
  /** Send it back for the next ones; null at the end. */
  readonly after: string | null
}

/** A limit that a run would break. */
export interface BlastBreach {
  readonly kind: 'records' | 'team'
  /** The team; null where it is about the run as a whole. */
  readonly team: string | null
  readonly affected: number
  readonly limit: number
}

/** What a run would do. Nothing is written. */
export interface DeciderPreview {
  readonly decider: string
  readonly version: number
  /** The instant the conditions were judged at, ms. */
  readonly at: number
  /** Live records of the object (in a pilot: of its part). */
  readonly considered: number
  /** Records that would change. */
  readonly affected: number
  /** `affected` of `considered`, 0 to 1. */
  readonly share: number
  /** Records no rule holds for, though one could if fields that are empty were filled; of an allocation those that nobody gets. */
  readonly unknown: number
  /** By rule; of an allocation by the code of the reason. */
  readonly rules: readonly { readonly id: string; readonly affected: number }[]
  /** Figures of an allocation at its end, by name; empty in condition deciders. */
  readonly metrics: Readonly<Record<string, number>>
  /** By owner (of an allocation by who gets it), the most affected first. */
  readonly people: readonly DeciderShare[]
  /** By team: the record's own, else the owner's first. */
  readonly teams: readonly DeciderShare[]
  readonly sample: readonly DeciderCase[]
  /** Limits that stop the run until somebody confirms it. */
  readonly breaches: readonly BlastBreach[]
  /** Confirms exactly these numbers; null where nothing needs to be confirmed. Good for a day. */
  readonly token: string | null
  /** `statement`: set-based. `batches`: through hooks, 1,000 at a time, because of what is named. */
  readonly path: { readonly way: 'statement' | 'batches'; readonly because: readonly string[] }
}

/** A run, or a try that was stopped. */
export interface DeciderRun {
  readonly id: string
  readonly decider: string
  readonly object: string
  readonly version: number
  readonly mode: 'live' | 'shadow'
  /** `waiting`: stopped by a limit until somebody confirms or dismisses it. */
  readonly status: 'running' | 'done' | 'undoing' | 'undone' | 'waiting' | 'dismissed'
  /** The instant the run is for: one run each. */
  readonly at: number
  readonly startedAt: number
  readonly finishedAt: number | null
  readonly by: string
  /** Records changed, in shadow: that would have been. */
  readonly affected: number
  /** Records counted when it began, or when it was stopped. */
  readonly planned: number
  /** Limits that stopped it; empty where none did. */
  readonly breaches: readonly BlastBreach[]
  /** Of a run that was not confirmed: by whom it was dismissed; `superseded` = by a later run. */
  readonly dismissed: { readonly at: number; readonly by: string; readonly superseded: boolean } | null
  /** Seed of every random choice in it: an allocation's; null in condition deciders. */
  readonly seed: string | null
  /** Figures of an allocation at its end, by name; empty in condition deciders. */
  readonly metrics: Readonly<Record<string, number>>
  /** Records that hooks refused, 100 of them named. */
  readonly skipped: {
    readonly count: number
    readonly cases: readonly { readonly id: string; readonly code: string; readonly message: string }[]
  }
  /** Of a run taken back: how many changes, and how many records had moved on and were left alone, 1,000 of them named. */
  readonly undo: {
    readonly at: number
    readonly by: string
    readonly undone: number
    readonly left: number
    readonly kept: readonly UndoLeft[]
  } | null
}

/** A record that a taken-back run left alone. */
export interface UndoLeft {
  readonly id: string
  readonly reason: 'record_changed' | 'record_missing'
}

/** What came of asking for a run. */
export type DeciderRunResult =
  | { readonly status: 'done'; readonly run: DeciderRun }
  /** Stopped before anything was written; send the preview's token to go on. */
  | {
      readonly status: 'confirm'
      readonly preview: DeciderPreview
      /** The run that waits, where it was asked to; else null and nothing is kept. */
      readonly run: DeciderRun | null
    }

/** Why a decider would act on a record now, or would not. */
export interface DeciderAnswer {
  readonly decider: string
  readonly version: number
  readonly stage: DeciderStage
  readonly at: number
  /** A rule holds. */
  readonly holds: boolean
  /** It would change the record; false too where it has these values already. */
  readonly affected: boolean
  /** No rule holds, but one could if empty fields were filled. */
  readonly unknown: boolean
  /** False: the record is outside the pilot. */
  readonly inPilot: boolean
  readonly rule: string | null
  readonly because: Readonly<Record<Locale, string>> | null
  readonly values: DeciderCase['values']
  /** Of an allocation: everybody considered for it, the winner first; empty in condition deciders. */
  readonly candidates: readonly DeciderCandidate[]
  /** What decided, rule by rule, up to the one that holds; of an allocation whether it is one of its `subjects`. */
  readonly rules: readonly { readonly id: string; readonly holds: boolean; readonly explanation: Explanation }[]
}

/** Somebody considered for a record. */
export interface DeciderCandidate {
  readonly id: string
  readonly won: boolean
  /** 1 first; null where they were left out before ranking. */
  readonly rank: number | null
  /** Why they were left out; empty for the winner and for those who only came after. */
  readonly because: readonly Readonly<Record<Locale, string>>[]
  readonly facts: Readonly<Record<string, unknown>>
}

/** A decision about a record, out of the log. */
export interface DeciderDecision {
  readonly decider: string
  readonly version: number
  readonly rule: string | null
  /** Null: it acted when the record was saved. */
  readonly run: string | null
  readonly mode: 'live' | 'shadow'
  readonly at: number
  readonly because: Readonly<Record<Locale, string>> | null
  /** What the sentence was made from. */
  readonly facts: Readonly<Record<string, unknown>>
  /** Field → [before, after]; in shadow what it would have been. */
  readonly values: DeciderCase['values'] | null
  readonly undone: boolean
}

/** What differs for somebody between two versions, over the whole window. */
export interface BacktestShare {
  readonly id: string | null
  /** Records that only the new version gives them, less those only the current one does. */
  readonly gained: number
  /** Records that only the new version takes from them, less those only the current one does. */
  readonly lost: number
}

/** One record that two versions decide differently about. */
export interface BacktestCase {
  readonly id: string
  readonly name: string | null
  /** What each version would have done first; null = nothing in the whole window. */
  readonly current: { readonly at: number; readonly rule: string; readonly because: Readonly<Record<Locale, string>> } | null
  readonly next: { readonly at: number; readonly rule: string; readonly because: Readonly<Record<Locale, string>> } | null
  /** Instants at which the two differ. */
  readonly differing: number
}

/** Two versions of a decider over the same past. Open-loop: each instant is decided in the world that happened. */
export interface Backtest {
  readonly decider: string
  readonly current: number | null
  readonly next: number
  readonly from: number
  readonly to: number
  readonly instants: number
  /** Records that existed within the window. */
  readonly considered: number
  readonly decided: { readonly current: number; readonly next: number }
  /** Records about which the two differ, and what share of all that is. */
  readonly differing: { readonly records: number; readonly onlyCurrent: number; readonly onlyNext: number; readonly otherwise: number }
  readonly share: number
  /** Records the new version could not decide about, because a field was empty or its past is not known. */
  readonly unknown: number
  /** Figures of an allocation at the end of the window; empty in condition deciders. */
  readonly metrics: { readonly current: Readonly<Record<string, number>>; readonly next: Readonly<Record<string, number>> }
  readonly people: readonly BacktestShare[]
  readonly teams: readonly BacktestShare[]
  /** 20 at most. */
  readonly most: readonly BacktestCase[]
}

/** A new version: rules, or what the plugin's code says now. */
export interface DeciderProposal {
  readonly rules?: readonly ConditionRule[]
  /** Of an allocation: which records are to be given. */
  readonly subjects?: unknown
  /** Of a decider that acts on save: what it does, instead of `rules`. */
  readonly save?: SaveInput
  readonly limits?: { readonly blast?: BlastLimit }
  readonly note?: string
}

/** A decider made by an admin. */
export interface NewDecider extends DeciderProposal {
  /** Lower-case letters, digits and hyphens; the id is `admin.<name>`. */
  readonly name: string
  readonly object: string
  readonly label: Words
  /** When it runs by itself once it is switched on; by hand only unless said. */
  readonly schedule?: ScheduleTimes | null
}

/** Where a decider is to go in its life. */
export interface DeciderAdvance {
  readonly to: Exclude<DeciderStage, 'draft'>
  /** The newest unless said. */
  readonly version?: number
  /** Only with `pilot`: an expression or filter that narrows it. */
  readonly pilot?: unknown
  /** Sets its schedule as well; null = by hand only. As it is unless said. */
  readonly schedule?: ScheduleTimes | null
  readonly note?: string
}

/** Which runs, newest first. */
export interface DeciderRunQuery {
  readonly decider?: string
  readonly status?: DeciderRun['status']
  /** 1 to 200; 50 unless said. */
  readonly limit?: number
}

/**
 * Everything automatic, as one actor may see and steer it. Steering needs the right to `define` the object; asking why needs the right
 * to read the record.
 */
export interface Deciders {
  list(): Promise<readonly DeciderView[]>
  get(id: string): Promise<DeciderView>
  /** Versions, newest first. */
  versions(id: string): Promise<readonly DeciderVersion[]>
  /** Where it has been in its life, newest first. */
  history(id: string): Promise<readonly DeciderStep[]>
  /** A decider of the tenant's own, as a draft. Its rules are checked against the rights of whoever makes it. */
  create(input: NewDecider): Promise<DeciderView>
  /** Adds a version; nothing changes until `advance` names it. */
  propose(id: string, proposal?: DeciderProposal): Promise<DeciderVersion>
  /** Tries it: counts, shares, a sample with a sentence each. Nothing is written. */
  preview(id: string, query?: { readonly version?: number; readonly at?: number; readonly sample?: number }): Promise<DeciderPreview>
  /** The whole list behind a preview, a part at a time: 50 unless said, at most 200. */
  cases(
    id: string,
    query?: { readonly version?: number; readonly at?: number; readonly after?: string; readonly limit?: number },
  ): Promise<DeciderCases>
  /** Decides the past again: two versions against what the change log holds. `days` 90, every `everyDays` 1 unless said. */
  backtest(
    id: string,
    query?: {
      readonly version?: number
      readonly against?: number
      readonly days?: number
      readonly everyDays?: number
      readonly to?: number
    },
  ): Promise<Backtest>
  /** Of one that acts on save: what it would have done to the saves that have been, the last 1,000 unless said (10,000 at most). */
  replay(id: string, query?: { readonly version?: number; readonly saves?: number }): Promise<Replay>
  /**
   * Looks which rules on save no longer fit, keeps since when, and answers those that nobody has noticed before. For background work: the
   * standard plugin asks every hour and tells whoever wrote them.
   */
  noteBroken(): Promise<readonly DeciderView[]>
  /** What rules on save can do, for all objects or for one. */
  actions(object?: string): Promise<readonly DeciderAction[]>
  advance(id: string, step: DeciderAdvance): Promise<DeciderView>
  /** Sets when it runs by itself, a step of its life like any other; null = by hand only. */
  setSchedule(id: string, times: ScheduleTimes | null, note?: string): Promise<DeciderView>
  /** Goes back to the step before the last one. */
  rollback(id: string, note?: string): Promise<DeciderView>
  /**
   * Carries it out for an instant (now unless said), once: the same instant again answers with the same run, and goes on with one that
   * was interrupted. In `shadow` nothing but the decision log is written. With `wait` a run that a limit stops is kept as `waiting`, as
   * those of schedules are.
   */
  run(id: string, options?: { readonly at?: number; readonly confirm?: string; readonly wait?: boolean }): Promise<DeciderRunResult>
  /** Newest first, 50 unless said. */
  runs(query?: DeciderRunQuery): Promise<readonly DeciderRun[]>
  getRun(run: string): Promise<DeciderRun>
  /** Carries out a run that waits. `token` is that of a preview for the run's instant; RUN_TOKEN where its numbers have moved. */
  confirm(run: string, token: string): Promise<DeciderRunResult>
  /** A run that waits is not carried out. */
  dismiss(run: string): Promise<DeciderRun>
  /** Takes a run back: records that nobody has changed since get their old values again, the others are listed. */
  undo(run: string): Promise<DeciderRun>
  /** Why, or why not: what a decider would do with one record now. */
  explain(id: string, record: string, query?: { readonly version?: number; readonly at?: number }): Promise<DeciderAnswer>
  /** What deciders did to a record and why, newest first. */
  why(object: string, record: string): Promise<readonly DeciderDecision[]>
}
