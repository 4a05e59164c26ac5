import { ChannelFailure, type MessageChannel, type OutgoingMessage } from '@guanxi/core'
import type { SendMailOptions, Transporter } from 'nodemailer'
import { mailHtml, mailText } from './html.ts'

/** How e-mail leaves. */
export interface EmailOptions {
  /** `smtps://user:password@mail.example.com`, or a transport of the host's own (`nodemailer.createTransport(…)`), which stays the host's. */
  readonly transport: string | Transporter
  /** Who it is from: `CRM <crm@example.com>`. */
  readonly from: string
  /** Where answers go; to the sender unless said. */
  readonly replyTo?: string
  /** Id of the channel; `email` unless said. */
  readonly id?: string
}

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

/**
 * E-mail by SMTP. Needs the package `nodemailer`, which is loaded with the first message. Each message keeps its Message-ID at every
 * attempt, so that mail systems that look at it show one.
 */
export function email({ transport, from, replyTo, id = 'email' }: EmailOptions): MessageChannel {
  let own: Promise<Transporter> | null = null
  const transporter = (): Promise<Transporter> => {
    if (typeof transport !== 'string') return Promise.resolve(transport)
    own ??= import('nodemailer').then(({ createTransport }) =>
      createTransport({ url: transport, pool: true, maxConnections: 2, ...patience } as never),
    )
    return own
  }
  return {
    id,
    label: { 'zh-CN': '邮件', en: 'E-mail' },
    reaches: 'email',
    repeats: 'once',
    show: (message) => ({ type: 'text/html', content: mailHtml(message) }),
    send: async (message) => {
      const mailer = await transporter()
      try {
        const { messageId } = await mailer.sendMail(mailOf(message, from, replyTo))
        return { receipt: messageId }
      } catch (error) {
        throw failureOf(error)
      }
    },
    close: async () => {
      const opened = own
      own = null
      ;(await opened)?.close()
    },
  }
}

function mailOf(message: OutgoingMessage, from: string, replyTo: string | undefined): SendMailOptions {
  const { id, to, title, locale, priority } = message
  if (!to) throw new ChannelFailure('there is no address', { permanent: true })
  return {
    from,
    ...(replyTo && { replyTo }),
    // As parts, never as one text: a name or an address cannot bring a second recipient or header along.
    to: { name: to.name ?? '', address: to.address },
    subject: title,
    text: mailText(message),
    html: mailHtml(message),
    messageId: `<${id}@${domainOf(from)}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale },
    priority: priority === 'urgent' ? 'high' : 'normal',
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function domainOf(from: string): string {
  return /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost'
}

/** What a mail server refuses for good (5xx) is not tried again; a full mailbox (552) may be emptied. */
function failureOf(error: unknown): ChannelFailure {
  const { responseCode = 0, response = '', message = '' } = Object(error) as { responseCode?: number; response?: string; message?: string }
  const permanent = responseCode >= 500 && responseCode !== 552 && responseCode !== 530 && responseCode !== 535
  return new ChannelFailure(response || message || 'the mail server did not take it', {
    permanent,
    maybeTaken: responseCode === 0,
    cause: error,
  })
}
