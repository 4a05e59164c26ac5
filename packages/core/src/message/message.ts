import type { Words } from '../locale/locale.ts'
import type { Reason } from '../reason/reason.ts'
import type { ReasonData, ReasonValues } from '../reason/reason-data.ts'
import type { MessagePurpose, MessageTemplate } from '../template/define-message.ts'
import type { MessageText, RenderedMessage } from '../template/text.ts'

/** A record a message is about, or goes to. */
export interface RecordReference {
  readonly object: string
  readonly id: string
}

/** Whom a message goes to: somebody of the directory, everybody of a team, somebody outside, or the room of a group robot. */
export type MessageRecipient =
  | { readonly person: string }
  /** The members of the team itself who get work. */
  | { readonly team: string }
  /** One contact point, with its own consent. */
  | { readonly contactPoint: string }
  /** A lead, customer or contact, at their main address. */
  | { readonly record: RecordReference }
  /** The id of a channel that reaches one group. */
  | { readonly group: string }

/** How soon it matters. `urgent` waits for no working hours. */
export type MessagePriority = 'urgent' | 'normal' | 'low'

/** A message to send. */
export interface MessageInput<D extends ReasonData = ReasonData> {
  readonly template: MessageTemplate<D>
  /** 1,000 recipients at most, members of teams counted. */
  readonly to: MessageRecipient | readonly MessageRecipient[]
  readonly data: ReasonValues<D>
  /** Instead of the template's own. A channel that is not set up is then a suppressed send. */
  readonly channels?: readonly string[]
  /** The record it opens. People who may not read it do not get the message. */
  readonly about?: RecordReference
  /** The same key is sent once to each recipient by each channel, whoever asks, in whichever process. 200 characters. */
  readonly key?: string
  readonly priority?: MessagePriority
  /** Not before this instant, ms. */
  readonly at?: number
  /** The decision, rule or command behind it; the hook it is sent from unless said. */
  readonly cause?: { readonly kind: string; readonly id: string; readonly version?: number }
}

/**
 * What became of a send. `queued`: waits for its time or for delivery; `sending`: handed over right now; `unknown`: the process ended
 * while handing it over and the channel cannot be asked, so nobody sends it twice by itself; `suppressed`: not sent, and why.
 */
export type MessageState = 'queued' | 'sending' | 'sent' | 'failed' | 'suppressed' | 'unknown'

/** One message to one recipient by one channel, as the send ledger keeps it. */
export interface MessageSend {
  readonly id: string
  /** Key of the template. */
  readonly template: string
  readonly purpose: MessagePurpose
  readonly channel: string
  /** `person:<id>`, `contact_point:<id>`, `<object>:<id>` or `group:<channel>`. */
  readonly recipient: string
  /** Whose caps it counts for: a contact point's owner, else the recipient. */
  readonly subject: string
  readonly about: RecordReference | null
  readonly key: string
  readonly cause: unknown
  readonly priority: MessagePriority
  readonly state: MessageState
  /** Why it waits, was not sent, or failed. */
  readonly reason: Reason | null
  /** When it is (or was) to go, ms. */
  readonly dueAt: number
  readonly createdAt: number
  readonly sentAt: number | null
  readonly readAt: number | null
  readonly attempts: number
  /** What the channel gave back, such as a message id. */
  readonly receipt: string | null
  readonly actor: { readonly kind: string; readonly id: string }
}

/** A message in somebody's inbox. */
export interface InboxEntry extends RenderedMessage {
  readonly id: string
  /** Key of the template. */
  readonly kind: string
  readonly label: Words
  readonly about: RecordReference | null
  readonly from: { readonly kind: string; readonly id: string }
  readonly priority: MessagePriority
  readonly at: number
  readonly readAt: number | null
}

/** Which messages of one's inbox, newest first. */
export interface InboxQuery {
  /** Keys of templates. */
  readonly kinds?: readonly string[]
  readonly unread?: boolean
  /** 1 to 200; 50 unless said. */
  readonly limit?: number
  readonly cursor?: string
}

/** One's own inbox. */
export interface Inbox {
  find(query?: InboxQuery): Promise<{ readonly entries: readonly InboxEntry[]; readonly cursor: string | null; readonly unread: number }>
  /** How many are unread; counted to 1,000. */
  unread(): Promise<number>
  /** Marks messages of one's own as read or unread, 1,000 at most. The answer is how many are unread now. */
  mark(ids: readonly string[], read: boolean): Promise<number>
  /** Marks as read what came up to an instant, ms: what comes while somebody looks stays unread. */
  markAll(until: number): Promise<number>
}

/** Which sends, newest first. */
export interface SendQuery {
  readonly recipient?: string
  readonly state?: MessageState
  readonly template?: string
  readonly limit?: number
  readonly cursor?: string
}

/** A message that can be sent, as admins see it. */
export interface MessageTemplateView {
  readonly key: string
  readonly plugin: string
  readonly label: Words
  readonly purpose: MessagePurpose
  /** Fact → kind. */
  readonly data: ReasonData
  readonly channels: readonly string[]
  readonly title: Words
  readonly body: Words | null
  /** The tenant's own words. */
  readonly own: MessageText | null
  /** Key of the setting that holds them. */
  readonly setting: string
}

/** What a text would look like, before it is saved. */
export interface PreviewInput {
  readonly template: string
  readonly locale?: string
  /** Instead of the text in use. */
  readonly text?: MessageText | null
  /** Facts; examples of each kind where left out. */
  readonly data?: Readonly<Record<string, unknown>>
  /** How this channel would show it. */
  readonly channel?: string
}

/** A text as it would be sent. */
export interface MessagePreview extends RenderedMessage {
  /** The channel's own form of it, such as the HTML of an e-mail; null where there is none. */
  readonly shown: { readonly type: string; readonly content: string } | null
}

/** Sends messages: written with the transaction it is called in, handed over after its commit. */
export interface MessageSender {
  /** The sends that came of it, in the order of the recipients; one that was there before under the same key is the earlier one. */
  send<D extends ReasonData>(message: MessageInput<D>): Promise<readonly MessageSend[]>
}

/** Messages as one actor sends and reads them. */
export interface Messages extends MessageSender {
  readonly inbox: Inbox
  /** The send ledger. Needs the right to define `messages`. */
  find(query?: SendQuery): Promise<{ readonly sends: readonly MessageSend[]; readonly cursor: string | null }>
  /** Sends again what failed or is unknown. Needs the right to define `messages`. */
  resend(id: string): Promise<MessageSend>
  /** Gives up what waits, failed or is unknown. Needs the right to define `messages`. */
  drop(id: string): Promise<MessageSend>
  /** Messages that can be sent. Needs the right to define `messages`. */
  templates(): Promise<readonly MessageTemplateView[]>
  preview(input: PreviewInput): Promise<MessagePreview>
  /** Deletes what is older than some days (400 unless said) and no longer waits. Needs the right to define `messages`. */
  purge(days?: number): Promise<number>
}
