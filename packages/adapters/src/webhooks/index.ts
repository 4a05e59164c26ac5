import { type WebhookOptions, type WebhookTransport, WebhookUnanswered } from '@guanxi/core'
import { checkEgressUrl, createEgress, EgressFailure, type EgressOptions, requirePublicName } from '../egress/egress.ts'

export type { EgressOptions } from '../egress/egress.ts'

/** How webhooks leave this host. */
export interface WebhookHostOptions extends Omit<WebhookOptions, 'transport'> {
  /** Machines inside that may be reached, and what an answer may cost. */
  readonly egress?: EgressOptions
}

/**
 * Webhooks over HTTPS, for `createCrm({ webhooks })`. Addresses are judged when they are saved and again when the connection is made;
 * redirects are not followed, and answers are read as far as the limits of `egress` go.
 */
export function webhooks({ egress = {}, ...options }: WebhookHostOptions): WebhookOptions {
  return { ...options, transport: httpTransport(egress) }
}

function httpTransport(egress: EgressOptions): WebhookTransport {
  const post = createEgress({ ...egress, keepPart: true })
  return {
    async check(url) {
      try {
        checkEgressUrl(url, egress.allow)
        await requirePublicName(url, egress)
        return null
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
    },
    async post(request) {
      try {
        const { status, headers, body } = await post(request)
        const retryAfter = headers['retry-after']
        return { status, body, retryAfter: typeof retryAfter === 'string' ? retryAfter : null }
      } catch (cause) {
        const refused = cause instanceof EgressFailure && cause.refused
        throw new WebhookUnanswered(cause instanceof Error ? cause.message : String(cause), { refused, cause })
      }
    },
  }
}
