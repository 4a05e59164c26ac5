import type { ObjectHandle } from '../object/handle.ts'
import type { Reason } from '../reason/reason.ts'
import type { Records } from '../record/records.ts'
import type { MessagePurpose } from '../template/define-message.ts'
import type { RecordReference } from './message.ts'

/** Reads records, on behalf of whoever sends. */
export interface ContactTools {
  readonly now: number
  records<T extends object>(object: ObjectHandle<T>): Records<T>
}

/** How somebody outside can be reached. */
export interface ContactReach {
  readonly name: string | null
  readonly email: string | null
  /** Whose contact point it is: caps count for them, consent is asked of them. */
  readonly subject: RecordReference
  readonly contactPointId: string | null
}

/** Finds out how the records of an object can be reached. Registered by the plugin that defines it. */
export interface ContactSource {
  readonly object: string
  /** Throws NOT_FOUND like reading does. */
  readonly reach: (id: string, tools: ContactTools) => Promise<ContactReach>
}

/** What a gate is asked. */
export interface GateQuestion extends ContactReach {
  readonly purpose: MessagePurpose
  readonly channel: string
}

/** What a gate knows: why not, that they agreed, or nothing. */
export type GateAnswer = Reason | 'agreed' | null

/**
 * Says why somebody outside must not get a message, or that they agreed to it; asked when it is queued and again right before it goes.
 * Marketing needs one gate that knows of an agreement, and none against it. Transactions are not asked about.
 */
export interface MessageGate {
  /** `<plugin>.<name>`. */
  readonly id: string
  readonly check: (question: GateQuestion, tools: ContactTools) => Promise<GateAnswer>
}
