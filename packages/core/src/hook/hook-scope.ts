import type { Actor } from '../access/actor.ts'
import type { Enqueue } from '../job/job.ts'
import type { MessageSender } from '../message/message.ts'
import type { ObjectHandle } from '../object/handle.ts'
import type { Service } from '../plugin/service.ts'
import type { Records } from '../record/records.ts'
import type { SettingsReader } from '../settings/settings.ts'

/** What the write runner lends to the hooks of one write. */
export interface HookScope {
  readonly actor: Actor
  /** The call's time, ms. */
  readonly now: number
  /** Full ids of the hooks whose writes led to this one, the outermost first. */
  readonly chain: readonly string[]
  /** May a hook set this field? Admin fields as `custom.<name>`. */
  readonly settable: (field: string) => boolean
  /** Records in the open transaction, with the chain their own writes carry on; null where no transaction is open. */
  readonly records: ((object: ObjectHandle | string, chain: readonly string[]) => Records) | null
  /** Puts a job there in the open transaction; null where none is open. */
  readonly enqueue: Enqueue | null
  /** Sends messages in the open transaction; null where none is open. */
  readonly messages: ((chain: readonly string[]) => MessageSender) | null
  readonly settings: () => SettingsReader
  readonly service: <T>(ref: Service<T>) => T
}
