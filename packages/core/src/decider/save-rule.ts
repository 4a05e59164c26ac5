import type { Words } from '../locale/locale.ts'
import type { Because } from './define-decider.ts'

/**
 * What a decider that acts on save is for. `validation` refuses records, `compute` sets fields of the record, `score` adds points up,
 * `automation` does whatever its actions do, also with other records.
 */
export type SaveKind = 'validation' | 'compute' | 'score' | 'automation'

/** `condition` acts when it is run, on all records there are; the others act on each record that is saved. */
export type DeciderKind = 'condition' | SaveKind

/** One thing a rule does: an action by its id, with what it needs to know. */
export interface ActionCall {
  readonly action: string
  /** Fits the JSON Schema of the action's `params`. */
  readonly params: Readonly<Record<string, unknown>>
}

/** What happens when a record is saved for which a condition holds. */
export interface SaveRule {
  /** Unique within the decider: lower-case letters, digits and hyphens. */
  readonly id: string
  /**
   * A filter or an expression over the record as it will be; of a validation: what must not be. `previous.<field>` is the record as it
   * was, `{ changed: ['stageId'] }` holds where one of the fields changes, `$.actor.id` is who saves.
   */
  readonly when: unknown
  /** In their order. */
  readonly do: readonly ActionCall[]
  /** Why, as a sentence; its values stand for `{name}` in texts of the actions, too. */
  readonly because?: Because
}

/** Rules that are looked at when a record is saved. */
export interface SaveBody {
  readonly kind: SaveKind
  readonly on: readonly ('create' | 'update')[]
  /**
   * An update matters only when one of these fields is set (to an automation: changes); null = the fields the conditions look at, and
   * those that what is set is computed from.
   */
  readonly fields: readonly string[] | null
  /** `first`: of several rules the first that holds counts; `collect`: every one. */
  readonly mode: 'first' | 'collect'
  /** Place among the deciders of the object, smallest first; ties by id. */
  readonly order: number
  /** True: it may look at and write what the one who saves may not. Else it leaves alone who may not. */
  readonly elevated: boolean
  /** Of a score: the whole-number field the points go to. */
  readonly into: string | null
  readonly rules: readonly SaveRule[]
}

/** The same as it is written: both operations, place 100, and not elevated unless said; `collect` for validations and scores. */
export type SaveInput = Pick<SaveBody, 'kind' | 'rules'> & Partial<Omit<SaveBody, 'kind' | 'rules'>>

/** An action as those who build rules see it. */
export interface DeciderAction {
  readonly id: string
  readonly label: Words
  readonly help: Words | null
  /** `check` refuses, `before` sets fields of the record, `after` does more in the same transaction. */
  readonly phase: 'check' | 'before' | 'after'
  /** Of which kinds it may be a part. */
  readonly kinds: readonly SaveKind[]
  /**
   * JSON Schema of what it needs to know. Its own keywords: `x-expression` (an expression may stand for the value), `x-text` (a text with
   * `{name}` places), `x-fields` (field → value of the object named, `self` = the record’s own), `x-object`, `x-field` (names of them),
   * `x-person` and `x-team` (ids of the directory), `x-webhook` (an id of a webhook), `x-expressions` (name → value or expression), `x-label` and
   * `x-help` (words for the control).
   */
  readonly params: Readonly<Record<string, unknown>>
}

/** One rule that acted on a save, as the change keeps it. */
export interface RuleFired {
  readonly decider: string
  readonly version: number
  readonly rule: string
  readonly facts: Readonly<Record<string, unknown>>
  /** It acted with more than the rights of the one who saved. */
  readonly elevated?: true
}

/** One past save a rule would have acted on. */
export interface ReplayCase {
  readonly id: string
  readonly name: string | null
  readonly at: number
  readonly by: string
  readonly rule: string
  readonly because: Readonly<Record<'zh-CN' | 'en', string>> | null
  /** Fields that would have been set: field → [as it was saved, as it would have been]. */
  readonly values: Readonly<Record<string, readonly [unknown, unknown]>>
  /** Actions that would have been taken besides. */
  readonly actions: readonly string[]
  /** The save would have been refused. */
  readonly refused: boolean
}

/** A decider that acts on save, over saves that have been: each is decided again as it was saved then. Nothing is written. */
export interface Replay {
  readonly decider: string
  readonly version: number
  /** Instants of the oldest and newest save looked at; null = there was none. */
  readonly from: number | null
  readonly to: number | null
  /** Saves looked at. */
  readonly saves: number
  /** Saves it would have acted on. */
  readonly fired: number
  /** Saves it cannot judge, because values of that time have been erased. */
  readonly unknown: number
  readonly rules: readonly { readonly id: string; readonly fired: number }[]
  /** Whose saves, the most first; 100 at most. */
  readonly people: readonly { readonly id: string; readonly fired: number; readonly saves: number }[]
  /** 20 at most, newest first. */
  readonly sample: readonly ReplayCase[]
}
