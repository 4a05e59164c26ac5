import { ChannelFailure, crmError, type MessageChannel, type OutgoingMessage, type Words } from '@guanxi/core'
import { checkEgressUrl, createEgress, EgressFailure, type EgressOptions } from '../../egress/egress.ts'
import { Pace } from './pace.ts'

/** A robot in a group, as the group's settings show it. */
export interface RobotOptions {
  /** What messages call the group: `sales-room`. */
  readonly id: string
  readonly label: Words
  /** The whole address that the group's settings give. */
  readonly url: string
  /** Machines inside that may be reached, see {@link EgressOptions}; for gateways of one's own. */
  readonly egress?: EgressOptions
}

/** What is special about one vendor's robots. */
export interface RobotKind {
  /** Messages it takes in a minute. */
  readonly perMinute: number
  /** The request of a message. */
  readonly request: (message: OutgoingMessage, now: number) => { readonly url: string; readonly body: unknown }
  /** How the message looks, for previews. */
  readonly show: (message: OutgoingMessage) => string
  /** Code and words of an answer; 0 = taken. */
  readonly verdict: (answer: Readonly<Record<string, unknown>>) => { readonly code: number; readonly text: string }
  /** Codes that say: too many, wait. */
  readonly busy: readonly number[]
}

const minute = 60_000

/** A channel that reaches one group. CHANNEL_INVALID where its address is none it may have. A robot cannot be asked what it has shown, so a doubtful hand-over waits for a person. */
export function robot({ id, label, url: address, egress }: RobotOptions, kind: RobotKind): MessageChannel {
  requireAddress(id, address, egress?.allow)
  const post = createEgress(egress)
  const pace = new Pace(kind.perMinute, minute)
  return {
    id,
    label,
    reaches: 'group',
    repeats: 'again',
    show: (message) => ({ type: 'text/markdown', content: kind.show(message) }),
    send: async (message) => {
      const now = Date.now()
      const wait = pace.take(now)
      if (wait > 0) throw new ChannelFailure('the group has had as many as it takes in a minute', { postponed: true, retryAfter: wait })
      const { url, body } = kind.request(message, now)
      const headers = { 'content-type': 'application/json; charset=utf-8' }
      const answer = await post({ url, headers, body: JSON.stringify(body), signal: message.signal }).catch((error: unknown) => {
        throw notDelivered(error)
      })
      judge(answer.status, answer.body, kind)
      return { receipt: null }
    },
  }
}

function requireAddress(id: string, url: string, allow: readonly string[] | undefined): void {
  try {
    checkEgressUrl(url, allow)
  } catch (error) {
    throw crmError('CHANNEL_INVALID', { channel: id, reason: error instanceof Error ? error.message : String(error) })
  }
}

function notDelivered(error: unknown): ChannelFailure {
  const { refused, sent, message } = error instanceof EgressFailure ? error : new EgressFailure(String(error), { sent: true })
  return new ChannelFailure(message, { permanent: refused, maybeTaken: sent, cause: error })
}

function judge(status: number, body: string, kind: RobotKind): void {
  if (status === 429) throw new ChannelFailure('too many messages', { retryAfter: minute })
  if (status >= 500) throw new ChannelFailure(`it answered ${status}`)
  const { code, text } = kind.verdict(parsed(body))
  if (status < 300 && code === 0) return
  if (kind.busy.includes(code)) throw new ChannelFailure(`${code} ${text}`, { retryAfter: minute })
  if (code === -1) throw new ChannelFailure(`-1 ${text}`)
  throw new ChannelFailure(code === 0 ? `it answered ${status}` : `${code} ${text}`, { permanent: true })
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body)) as Readonly<Record<string, unknown>>
  } catch {
    return { errcode: -2, code: -2, errmsg: 'no JSON', msg: 'no JSON' }
  }
}
