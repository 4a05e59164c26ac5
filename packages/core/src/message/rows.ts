import type { Reason, StoredReason } from '../reason/reason.ts'
import type { RawRow } from '../store/port.ts'
import type { MessagePurpose } from '../template/define-message.ts'
import type { MessagePriority, MessageSend, MessageState } from './message.ts'

/** Columns of a send, in the order of {@link sendRow}. */
export const sendColumns = [
  ...['id', 'template', 'purpose', 'channel', 'recipient', 'subject', 'object', 'record_id', 'key', 'data', 'cause', 'priority'],
  ...['state', 'reason', 'due_at', 'created_at', 'sent_at', 'read_at', 'attempts', 'receipt', 'actor_kind', 'actor_id'],
] as const

/** A send with what only the machine needs of it. */
export interface StoredSend extends MessageSend {
  readonly data: Readonly<Record<string, unknown>>
}

/** A send before it is written. */
export type NewSend = Omit<StoredSend, 'reason'> & { readonly reason: Reason | StoredReason | null }

/** A send as a row, without its tenant. */
export function sendRow(send: NewSend): unknown[] {
  const { id, template, purpose, channel, recipient, subject, about, key, data, cause, priority, state, reason } = send
  return [
    ...[id, template, purpose, channel, recipient, subject, about?.object ?? null, about?.id ?? null, key],
    ...[JSON.stringify(data), cause ? JSON.stringify(cause) : null, priority, state, reason && storedReason(reason)],
    ...[send.dueAt, send.createdAt, send.sentAt, send.readAt, send.attempts, send.receipt],
    ...[send.actor.kind, send.actor.id],
  ]
}

/** What is kept of a reason. */
export function storedReason({ code, data }: StoredReason): string {
  return JSON.stringify({ code, data })
}

/** A send out of its row. */
export function decodeSend(row: RawRow, revive: (stored: StoredReason) => Reason): StoredSend {
  return {
    id: String(row.id),
    template: String(row.template),
    purpose: String(row.purpose) as MessagePurpose,
    channel: String(row.channel),
    recipient: String(row.recipient),
    subject: String(row.subject),
    about: row.record_id === null ? null : { object: String(row.object), id: String(row.record_id) },
    key: String(row.key),
    data: json(row.data) as Readonly<Record<string, unknown>>,
    cause: json(row.cause),
    priority: String(row.priority) as MessagePriority,
    state: String(row.state) as MessageState,
    reason: row.reason === null ? null : revive(json(row.reason) as StoredReason),
    dueAt: Number(row.due_at),
    createdAt: Number(row.created_at),
    sentAt: numberOrNull(row.sent_at),
    readAt: numberOrNull(row.read_at),
    attempts: Number(row.attempts),
    receipt: row.receipt === null ? null : String(row.receipt),
    actor: { kind: String(row.actor_kind), id: String(row.actor_id) },
  }
}

/** A send without what only the machine needs. */
export function shownSend({ data: _, ...send }: StoredSend): MessageSend {
  return send
}

function json(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}
