import type { InboundView } from '@guanxi/core/types'
import { html, type TemplateResult } from 'lit'
import { renderButton } from '../display/button.ts'
import { formatInstant } from '../format/date.ts'
import type { WebhooksView } from './webhooks-view.ts'

/** Where other systems tell us something, with a secret for each. */
export function renderInbound(view: WebhooksView): TemplateResult {
  const { host, inbound } = view
  return html`<section class="block list" part="block" aria-label=${host.t('webhooks.inbound')}><h3>${host.t('webhooks.inbound')}</h3>
    <p class="block-note soft">${host.t('webhooks.inboundText')}</p><table><tbody>${inbound.map((hook) => renderRow(view, hook))}</tbody></table></section>`
}

function renderRow(view: WebhooksView, hook: InboundView): TemplateResult {
  const { host } = view
  const [newest] = hook.secrets
  const key = `inbound ${hook.id}`
  const rotate = async (): Promise<void> => {
    const secret = await view.act(key, () => view.client.rotateInbound(hook.id), 'webhooks.saved')
    if (secret !== null) await view.showSecret({ name: host.words(hook.label), secret, inbound: true })
  }
  const age = newest
    ? host.t('webhooks.secretAge', { time: formatInstant(newest.createdAt, host.language, host.session.now()) })
    : host.t('webhooks.inboundClosed')
  const label = host.t(newest ? 'webhooks.rotate' : 'webhooks.inboundMake')
  return html`<tr data-key=${hook.id}><th scope="row"><span class="name">${host.words(hook.label)}</span><br /><code class="xs dim">${host.src}/hooks/${hook.id}</code></th>
    <td class="dim">${age}</td><td class="acts"><div>${renderButton({ label, look: 'sm', opens: 'dialog', disabled: view.busy !== null, busy: view.busy === key, run: () => void rotate() })}</div></td></tr>`
}
