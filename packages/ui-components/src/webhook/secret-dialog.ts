import { html, type TemplateResult } from 'lit'
import { renderButton } from '../display/button.ts'
import { icon } from '../icon/icon.ts'
import type { WebhooksView } from './webhooks-view.ts'

/** A secret that somebody sees this once. */
export interface ShownSecret {
  readonly name: string
  readonly secret: string
  /** Of a sender, who tells us; else of a receiver. */
  readonly inbound: boolean
}

export function renderSecret(view: WebhooksView, { name, secret, inbound }: ShownSecret): TemplateResult {
  const { host } = view
  const copy = async (event: Event): Promise<void> => {
    const field = (event.currentTarget as HTMLElement).parentElement?.querySelector('input')
    try {
      await navigator.clipboard.writeText(secret)
      view.voice.say(host.t('webhooks.copied'))
    } catch {
      // Where the page may not, the text is chosen, and the person copies it.
      field?.focus()
      field?.select()
    }
  }
  const close = (event: Event): void => (event.currentTarget as HTMLElement).closest('dialog')?.close()
  return html`<dialog class="hook-secret" part="dialog" aria-labelledby="hook-secret-title" @close=${() => view.closeSecret()}>
    <div class="edit-form"><div class="edit-head"><h3 id="hook-secret-title" class="title">${host.t('webhooks.secretOnce')}</h3></div>
      <div class="edit-body"><div class="banner banner-warning">${icon('warn')}<p class="grow">${host.t(inbound ? 'webhooks.secretIn' : 'webhooks.secretText')}</p></div>
        <div class="line"><label class="label" for="hook-secret-text">${name}</label>
          <div class="secret-line"><input id="hook-secret-text" class="input mono" readonly autofocus .value=${secret} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
            ${renderButton({ label: host.t('webhooks.copy'), run: (event) => void copy(event) })}</div></div></div>
      <div class="edit-foot"><span class="grow"></span>${renderButton({ label: host.t('webhooks.stored'), look: 'primary', run: close })}</div>
    </div></dialog>`
}
