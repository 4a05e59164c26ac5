import type { Words } from '../locale/locale.ts'
import type { RenderedMessage } from '../template/text.ts'
import type { MessagePriority, RecordReference } from './message.ts'

/** A message on its way out. Its texts are plain: the channel escapes them. */
export interface OutgoingMessage extends RenderedMessage {
  /** The same at each attempt: what a provider recognises a repetition by. */
  readonly id: string
  readonly tenant: string
  readonly attempt: number
  /** Where to: an address for channels that reach by one, null for groups. */
  readonly to: { readonly name: string | null; readonly address: string } | null
  readonly locale: 'zh-CN' | 'en'
  readonly priority: MessagePriority
  readonly about: RecordReference | null
  /** Where the record opens in the host, and the words for it. */
  readonly link: { readonly url: string; readonly label: string } | null
  readonly signal: AbortSignal
}

/** A way out of the system, given to `createCrm`: e-mail, a group's robot … */
export interface MessageChannel {
  /** What templates and settings call it: `email`, `sales-room`. */
  readonly id: string
  readonly label: Words
  /** What it needs of a recipient: an e-mail address, or nothing because it reaches one fixed group. */
  readonly reaches: 'email' | 'group'
  /**
   * What a second hand-over of the same message means where nobody knows about the first: the receiver sees one message (`once`), or
   * may see it twice (`again`). After a crash the latter waits for a person.
   */
  readonly repeats: 'once' | 'again'
  /** Hands it over. Throws {@link ChannelFailure}; any other error counts as one that may pass. */
  send(message: OutgoingMessage): Promise<{ readonly receipt: string | null }>
  /** How it would look. */
  show?(message: OutgoingMessage): { readonly type: string; readonly content: string }
  /** Lets go of connections. */
  close?(): Promise<void>
}

/** What is known of a failed hand-over. */
export interface ChannelFailureOptions {
  /** The same message will never be taken. */
  readonly permanent?: boolean
  /** It may have been taken all the same: the connection broke after it was sent. */
  readonly maybeTaken?: boolean
  /** It was not even tried, so this is no attempt: the receiver's own limit is reached for now. */
  readonly postponed?: boolean
  /** Milliseconds to wait, where the receiver said so. */
  readonly retryAfter?: number
  readonly cause?: unknown
}

/** Why a channel did not take a message. */
export class ChannelFailure extends Error {
  override readonly name = 'ChannelFailure'
  readonly permanent: boolean
  readonly maybeTaken: boolean
  readonly postponed: boolean
  readonly retryAfter: number | null

  constructor(
    message: string,
    { permanent = false, maybeTaken = false, postponed = false, retryAfter, cause }: ChannelFailureOptions = {},
  ) {
    super(message, { cause })
    this.permanent = permanent
    this.maybeTaken = maybeTaken
    this.postponed = postponed
    this.retryAfter = retryAfter ?? null
  }
}
