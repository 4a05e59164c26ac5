import type { CrmError } from '../error/crm-error.ts'
import type { JobRequest } from '../job/job.ts'
import type { Posting } from '../ledger/ledger.ts'
import type { RuleOutcome } from '../rule/outcome.ts'
import type { HookOperation } from './hook.ts'

/** Field → value, as the API spells them. Admin fields are nested in `custom`. */
export type Values = Readonly<Record<string, unknown>>

/** One record of a write on its way through the hooks. The write runner reads the results from it. */
export interface HookRecord {
  readonly operation: HookOperation
  readonly object: string
  readonly id: string
  /** The record before; null on create and on the short path of an update. */
  readonly previous: Values | null
  /** The record as it will be; replaced, never changed, by each patch. */
  next: Values
  /** Names of the fields the caller sent; admin fields as `custom.<name>`. Decides which hooks run. */
  readonly sent: readonly string[]
  /** Fields that the definition's own expressions set; replaced, never changed. */
  computed: ReadonlySet<string>
  /** Sent fields, and those that hooks and expressions set; a new set each time it is asked for. */
  readonly touched: Set<string>
  /** Field → full id of the hook that set it last; replaced, never changed, because records share it. */
  authors: ReadonlyMap<string, string>
  /** Messages of `check` hooks. */
  readonly issues: CrmError[]
  /** Entries of ledgers made together with the record; replaced, never changed. */
  postings: readonly Posting[]
  /** Jobs put there together with the record; replaced, never changed. */
  jobs: readonly JobRequest[]
  /** What rules of administrators decided about it; null = nothing. */
  outcome: RuleOutcome | null
}

/** What is known of a record before its first hook. */
export type HookRecordStart = Pick<HookRecord, 'operation' | 'object' | 'id' | 'previous' | 'next' | 'sent'>

const noPostings: readonly Posting[] = []
const noJobs: readonly JobRequest[] = []
const noNames: ReadonlySet<string> = new Set()
const noAuthors: ReadonlyMap<string, string> = new Map()

class WrittenRecord implements HookRecord {
  readonly operation: HookOperation
  readonly object: string
  readonly id: string
  readonly previous: Values | null
  next: Values
  readonly sent: readonly string[]
  authors: ReadonlyMap<string, string> = noAuthors
  readonly issues: CrmError[] = []
  postings: readonly Posting[] = noPostings
  jobs: readonly JobRequest[] = noJobs
  computed: ReadonlySet<string> = noNames
  outcome: RuleOutcome | null = null

  constructor({ operation, object, id, previous, next, sent }: HookRecordStart) {
    this.operation = operation
    this.object = object
    this.id = id
    this.previous = previous
    this.next = next
    this.sent = sent
  }

  get touched(): Set<string> {
    return new Set([...this.sent, ...this.authors.keys(), ...this.computed])
  }
}

/** A record before its first hook. */
export function hookRecord(start: HookRecordStart): HookRecord {
  return new WrittenRecord(start)
}
