/** What a CRM will do, as data; `toString()` prints it, one fact a line, so that two plans can be compared by diff. */
export interface CrmPlan {
  readonly engine: string
  readonly plugins: readonly { readonly id: string; readonly version: string; readonly requires: readonly string[] }[]
  readonly objects: readonly {
    readonly name: string
    readonly table: string
    readonly author: string
    readonly fields: readonly { readonly name: string; readonly kind: string; readonly author: string; readonly storage: string }[]
    /** Round trips of each operation, and what makes it longer. */
    readonly paths: readonly {
      readonly operation: 'create' | 'update'
      readonly path: 'one statement' | 'read and write' | 'transaction'
      readonly because: readonly string[]
    }[]
  }[]
  /** In run order. */
  readonly hooks: readonly {
    readonly id: string
    readonly phase: string
    readonly object: string
    readonly on: readonly string[]
    readonly fields: readonly string[] | '*'
  }[]
  readonly services: readonly { readonly id: string; readonly plugin: string }[]
  readonly routes: readonly { readonly method: string; readonly path: string; readonly roles: string }[]
  readonly commands: readonly { readonly id: string; readonly checks: readonly string[]; readonly roles: string }[]
  readonly settings: readonly { readonly key: string; readonly plugin: string; readonly type: string; readonly default: string }[]
  readonly ledgers: readonly { readonly name: string; readonly plugin: string; readonly unit: string }[]
  readonly jobs: readonly {
    readonly id: string
    readonly attempts: number
    readonly concurrency: string
    readonly priority: string
  }[]
  readonly schedules: readonly { readonly id: string; readonly job: string; readonly times: string }[]
  /** Plugins' consumers; committed hooks are among the hooks. */
  readonly consumers: readonly {
    readonly id: string
    readonly objects: readonly string[] | '*'
    readonly on: readonly string[]
    readonly batch: number
  }[]
  /** What comes in from outside, and what its handlers may do. */
  readonly inbounds: readonly { readonly id: string; readonly rights: readonly string[] }[]
  readonly messages: readonly {
    readonly key: string
    readonly plugin: string
    readonly purpose: string
    readonly channels: readonly string[]
  }[]
  /** What says that somebody outside must not get a message. */
  readonly gates: readonly string[]
  readonly deciders: readonly {
    readonly id: string
    readonly object: string
    readonly rules: readonly string[]
    readonly sets: readonly string[]
    /** When it runs by itself once it is switched on; null = by hand. */
    readonly schedule: string | null
  }[]
  /** What rules on save can do besides what the core's actions do. */
  readonly actions: readonly { readonly id: string; readonly objects: readonly string[] | '*' }[]
  /** SQL still to run, in order. */
  readonly ddl: readonly string[]
  /** Objects whose stored formulas are new or have changed: `crm.recompute()` brings their records up to date. */
  readonly recompute: readonly string[]
  /** Reasons the CRM will not open. */
  readonly conflicts: readonly string[]
  toString(): string
}
