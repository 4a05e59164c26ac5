/** Work state of a person. Only `active` and `onboarding` receive work. */
export type PersonState = 'active' | 'onboarding' | 'away' | 'suspended' | 'left'

/** A person of the directory, by the host's id. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly state: PersonState
  readonly awayFrom: number | null
  readonly awayTo: number | null
  readonly locale: string | null
  readonly roles: readonly string[]
  /** Teams they belong to directly. */
  readonly teamIds: readonly string[]
  /** Those of their teams they lead; whoever leads a team leads the teams below it. */
  readonly leads: readonly string[]
}

/** A team in the tree. */
export interface Team {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
}

/** People, teams and memberships to add or change; what is not named stays as it is. */
export interface DirectoryInput {
  /** The CRM's own tenant unless said. */
  readonly tenant?: string
  readonly teams?: readonly { readonly id: string; readonly name: string; readonly parentId?: string | null }[]
  readonly people?: readonly {
    readonly id: string
    readonly name: string
    readonly email?: string | null
    readonly state?: PersonState
    readonly awayFrom?: number | null
    readonly awayTo?: number | null
    readonly locale?: string | null
    readonly roles?: readonly string[]
    /** All teams of the person; replaces what was there. Left out = unchanged. */
    readonly teamIds?: readonly string[]
    /** Those of `teamIds` they lead; given together with them. */
    readonly leads?: readonly string[]
  }[]
}
