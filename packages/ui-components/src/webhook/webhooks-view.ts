import type { InboundView, Webhook } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { asClientError, type ClientError } from '../client/client-error.ts'
import type { ObjectView, Person } from '../client/types.ts'
import { WebhookClient } from '../client/webhook-client.ts'
import { type Button, renderButton } from '../display/button.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { needMember } from '../element/family.ts'
import type { MessageKey } from '../messages/messages.ts'
import { renderEmpty } from '../state/state-view.ts'
import { check } from '../styles/check.ts'
import { Deliveries } from './deliveries.ts'
import { renderHook } from './hook-block.ts'
import { HookEdit } from './hook-edit.ts'
import { renderInbound } from './inbound-block.ts'
import { en } from './messages/en.ts'
import { zhCN } from './messages/zh-CN.ts'
import { renderSecret, type ShownSecret } from './secret-dialog.ts'
import { webhookStyles as ownStyles } from './webhook.styles.ts'

export const webhookStyles = [check, ownStyles]
export const webhookMessages = { 'zh-CN': zhCN, en }

/** How the screen around it says what was done. */
export interface Voice {
  say(text: string): void
  fail(error: ClientError): void
}

const mostPeople = 100

/** Webhooks and inbound hooks, as a part of the operations screen. */
export class WebhooksView {
  readonly host: CrmElement
  readonly voice: Voice
  hooks: readonly Webhook[] = []
  inbound: readonly InboundView[] = []
  /** Null where they could not be read; then webhooks name objects by their ids. */
  objects: readonly ObjectView[] | null = null
  people: readonly Person[] = []
  /** Deliveries that are open below their webhook. */
  open: Deliveries | null = null
  edit: HookEdit | null = null
  secret: ShownSecret | null = null
  /** What something is being done about. */
  busy: string | null = null
  /** False where the server has none. */
  isOff = false

  constructor(host: CrmElement, voice: Voice) {
    this.host = host
    this.voice = voice
  }

  get client(): WebhookClient {
    return new WebhookClient(this.host.session.client)
  }

  async read(signal?: AbortSignal): Promise<void> {
    try {
      this.hooks = await this.client.list(signal)
      this.isOff = false
    } catch (error) {
      if (asClientError(error).code !== 'WEBHOOKS_OFF') throw error
      this.isOff = true
      return
    }
    // Who has only webhooks of their own sees nothing of what comes in.
    this.inbound = await this.client.inbound(signal).catch((error: unknown) => {
      if (asClientError(error).status === 403) return []
      throw error
    })
    this.objects ??= await this.host.session.client.objects(signal).catch(() => null)
    await this.host.session.loadPeople(this.hooks.map(({ ownerId }) => ownerId)).catch(() => undefined)
    await this.open?.read(signal)
  }

  /** Does something about a webhook, says so, and shows how it stands. */
  async act<T>(key: string, run: () => Promise<T>, said: MessageKey | ((answer: T) => string)): Promise<T | null> {
    this.busy = key
    this.host.requestUpdate()
    try {
      const answer = await run()
      await this.read()
      this.voice.say(typeof said === 'function' ? said(answer) : this.host.t(said))
      return answer
    } catch (error) {
      this.voice.fail(asClientError(error))
      return null
    } finally {
      this.busy = null
      this.host.requestUpdate()
    }
  }

  async startEdit(hook: Webhook | null): Promise<void> {
    try {
      const { client } = this.host.session
      await needMember(this.host, 'filter')
      this.objects ??= await client.objects()
      this.people = await client.people({ limit: mostPeople })
      this.edit = new HookEdit(this, hook, hook ? null : (await this.host.session.me()).identity.id)
      this.host.requestUpdate()
      await this.host.updateComplete
      this.#dialog('hook-edit')?.showModal()
    } catch (error) {
      this.voice.fail(asClientError(error))
    }
  }

  async showSecret(secret: ShownSecret): Promise<void> {
    this.secret = secret
    this.host.requestUpdate()
    await this.host.updateComplete
    this.#dialog('hook-secret')?.showModal()
  }

  closeEdit(): void {
    this.edit = null
    this.host.requestUpdate()
  }

  closeSecret(): void {
    this.secret = null
    this.host.requestUpdate()
  }

  async toggle(hook: Webhook): Promise<void> {
    if (this.open?.hook === hook.id) this.open = null
    else {
      this.open = new Deliveries(this, hook.id)
      await this.open.load()
    }
    this.host.requestUpdate()
  }

  /** Where there are none yet, the button stands with the words that say so. */
  renderAction(): TemplateResult | typeof nothing {
    return this.isOff || this.hooks.length === 0 ? nothing : renderButton(this.#newButton())
  }

  render(): TemplateResult {
    const { host, hooks, inbound } = this
    if (this.isOff) return renderEmpty('lock', host.t('webhooks.off'), '')
    const list =
      hooks.length === 0
        ? renderEmpty('external', host.t('webhooks.none'), host.t('webhooks.noneText'), this.#newButton())
        : hooks.map((hook) => renderHook(this, hook))
    return html`${list}${inbound.length > 0 ? renderInbound(this) : nothing}${this.edit?.render() ?? nothing}${this.secret ? renderSecret(this, this.secret) : nothing}`
  }

  #newButton(): Button {
    return { label: this.host.t('webhooks.new'), icon: 'plus', look: 'primary', opens: 'dialog', run: () => void this.startEdit(null) }
  }

  #dialog(name: string): HTMLDialogElement | null {
    return this.host.renderRoot.querySelector<HTMLDialogElement>(`dialog.${name}`)
  }
}
