import type { Webhook, WebhookInput, WebhookOperation } from '@guanxi/core/types'
import { nothing, type TemplateResult } from 'lit'
import { html } from 'lit/static-html.js'
import { asClientError, type ClientError } from '../client/client-error.ts'
import type { RecordValues } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { tagOf } from '../element/tag.ts'
import type { CrmFilter } from '../filter/filter.ts'
import { formatInstant } from '../format/date.ts'
import { icon } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import type { WebhooksView } from './webhooks-view.ts'

const kinds: readonly WebhookOperation[] = ['create', 'update', 'delete', 'restore']
const nothingAsked = '{"and":[]}'

/** Where a webhook is made or changed. */
export class HookEdit {
  readonly hook: Webhook | null
  readonly #view: WebhooksView
  readonly #ownerId: string
  #objects: readonly string[]
  #operations: readonly WebhookOperation[]
  #error: ClientError | null = null
  #message = ''
  #busy = false
  #asked = false

  constructor(view: WebhooksView, hook: Webhook | null, reader: string | null) {
    this.#view = view
    this.hook = hook
    this.#ownerId = hook?.ownerId ?? reader ?? ''
    this.#objects = hook?.objects ?? []
    this.#operations = hook?.operations ?? []
  }

  render(): TemplateResult {
    const { hook } = this
    const view = this.#view
    const { host } = view
    const submit = (event: SubmitEvent): void => {
      event.preventDefault()
      void this.#save(event.currentTarget as HTMLFormElement)
    }
    return html`<dialog class="hook-edit" part="dialog" aria-labelledby="hook-edit-title" @close=${() => view.closeEdit()}>
      <form class="edit-form" novalidate @submit=${submit}>
        <div class="edit-head"><h3 id="hook-edit-title" class="title">${hook ? hook.name : host.t('webhooks.new')}</h3>
          ${renderButton({ label: host.t('close'), icon: 'close', look: 'ghost', bare: true, run: (event) => this.#close(event) })}</div>
        <div class="edit-body">
          ${this.#line('name', html`<input id="hook-name" class="input" name="name" maxlength="100" required autofocus .value=${hook?.name ?? ''} aria-invalid=${this.#isWrong('/name')} />`)}
          ${this.#line('url', html`<input id="hook-url" class="input" name="url" type="url" inputmode="url" maxlength="2000" required placeholder="https://" .value=${hook?.url ?? ''} aria-invalid=${this.#isWrong('/url')} aria-describedby="hook-url-hint" />`, true)}
          ${this.#line('description', html`<input id="hook-description" class="input" name="description" maxlength="1000" .value=${hook?.description ?? ''} />`, false, true)}
          ${this.#renderObjects()}${this.#renderKinds()}${this.#renderCondition()}${this.#renderOwner()}${hook ? this.#renderSecrets(hook) : nothing}
          ${this.#renderProblem()}
        </div>
        ${this.#renderFoot()}
      </form></dialog>`
  }

  #line(name: 'name' | 'url' | 'description' | 'owner', control: TemplateResult, hint = false, optional = false): TemplateResult {
    const { host } = this.#view
    return html`<div class="line"><label class="label" for="hook-${name}">${host.t(`webhooks.${name}`)}${optional ? html`<span class="opt">${host.t('webhooks.optional')}</span>` : nothing}</label>${control}
      ${hint ? html`<p class="hint" id="hook-${name}-hint">${host.t(name === 'url' ? 'webhooks.urlHint' : 'webhooks.ownerHint')}</p>` : nothing}</div>`
  }

  #renderObjects(): TemplateResult {
    const { host, objects } = this.#view
    return html`<fieldset class="line"><legend class="label">${host.t('webhooks.objects')}</legend><div class="picks">${(objects ?? []).map(
      ({ name, label }) =>
        this.#pick(host.words(label), this.#objects.includes(name), () => {
          this.#objects = toggled(this.#objects, name)
        }),
    )}</div><p class="hint">${host.t('webhooks.objectsHint')}</p></fieldset>`
  }

  #renderKinds(): TemplateResult {
    const { host } = this.#view
    return html`<fieldset class="line"><legend class="label">${host.t('webhooks.operations')}</legend><div class="picks">${kinds.map(
      (kind) =>
        this.#pick(host.t(`webhooks.${kind}`), this.#operations.includes(kind), () => {
          this.#operations = toggled(this.#operations, kind)
        }),
    )}</div><p class="hint">${host.t('webhooks.operationsHint')}</p></fieldset>`
  }

  #pick(label: string, isOn: boolean, change: () => void): TemplateResult {
    const turn = (): void => {
      change()
      this.#view.host.requestUpdate()
    }
    return html`<label class="pick"><input type="checkbox" .checked=${isOn} @change=${turn} />${icon('check')}<span>${label}</span></label>`
  }

  #renderCondition(): TemplateResult {
    const { host } = this.#view
    const [object] = this.#objects
    const isOne = object !== undefined && this.#objects.length === 1
    const quiet = (event: Event) => event.stopPropagation()
    const own = this.hook?.objects.length === 1 && this.hook.objects[0] === object ? this.hook.condition : null
    const given = this.#filter?.object === object ? this.#filter?.value : (own ?? { and: [] })
    const builder = isOne
      ? html`<${tagOf(host, 'filter')} class="hook-filter" src=${host.src} object=${object} .locale=${host.language} .value=${given} @crm-load=${quiet} @crm-change=${quiet} @crm-open=${quiet}><span slot="title"></span></${tagOf(host, 'filter')}>`
      : nothing
    return html`<div class="line" role="group" aria-labelledby="hook-condition"><span class="label" id="hook-condition">${host.t('webhooks.condition')}<span class="opt">${host.t('webhooks.optional')}</span></span>
      ${builder}<p class="hint">${host.t('webhooks.conditionHint')}</p></div>`
  }

  #renderOwner(): TemplateResult {
    const { people } = this.#view
    const known = people.some(({ id }) => id === this.#ownerId)
    const shown = known
      ? people
      : [{ id: this.#ownerId, name: this.#view.host.session.person(this.#ownerId)?.name ?? this.#ownerId }, ...people]
    return this.#line(
      'owner',
      html`<select id="hook-owner" class="select" name="ownerId" aria-describedby="hook-owner-hint" aria-invalid=${this.#isWrong('/ownerId')}>${shown.map(
        ({ id, name }) => html`<option value=${id} ?selected=${id === this.#ownerId}>${name}</option>`,
      )}</select>`,
      true,
    )
  }

  #renderSecrets(hook: Webhook): TemplateResult {
    const { host } = this.#view
    const at = (time: number): string => formatInstant(time, host.language, host.session.now())
    const [newest] = hook.secrets
    const until = Math.max(0, ...hook.secrets.map((one) => one.until ?? 0))
    const age = [
      ...(newest ? [host.t('webhooks.secretAge', { time: at(newest.createdAt) })] : []),
      ...(until > 0 ? [host.t('webhooks.secretUntil', { time: at(until) })] : []),
    ]
    return html`<div class="line" role="group" aria-labelledby="hook-secrets"><span class="label" id="hook-secrets">${host.t('webhooks.secret')}</span>
      <div class="secret-line"><span class="soft grow">${age.join(' · ')}</span>${renderButton({ label: host.t('webhooks.rotate'), look: 'sm', disabled: this.#busy, run: () => void this.#rotate(hook) })}</div>
      <p class="hint">${host.t('webhooks.rotateHint')}</p></div>`
  }

  #renderProblem(): TemplateResult {
    const text = this.#error ? reasonOf(this.#view.host, this.#error) : this.#message
    return html`<p class="error" role="alert">${text ? html`${icon('warn')}<span>${text}</span>` : nothing}</p>`
  }

  #renderFoot(): TemplateResult {
    const { host } = this.#view
    const ask = (asked: boolean) => () => {
      this.#asked = asked
      host.requestUpdate()
    }
    const remove = this.#asked
      ? html`${renderButton({ label: host.t('webhooks.removeSure'), look: 'danger', run: () => void this.#remove() })}${renderButton({ label: host.t('webhooks.keep'), look: 'ghost', run: ask(false) })}`
      : renderButton({ label: host.t('webhooks.remove'), look: 'ghost', disabled: this.#busy, run: ask(true) })
    return html`<div class="edit-foot">${this.hook ? remove : nothing}<span class="grow"></span>
      ${renderButton({ label: host.t('cancel'), disabled: this.#busy, run: (event) => this.#close(event) })}
      ${renderButton({ label: host.t('webhooks.save'), look: 'primary', submits: true, busy: this.#busy, disabled: this.#busy })}</div>`
  }

  get #filter(): CrmFilter | null {
    return this.#view.host.renderRoot.querySelector<CrmFilter>('.hook-filter')
  }

  #isWrong(path: string): 'true' | typeof nothing {
    return this.#error?.path?.startsWith(path) ? 'true' : nothing
  }

  #close(event: Event): void {
    ;(event.currentTarget as HTMLElement).closest('dialog')?.close()
  }

  async #save(form: HTMLFormElement): Promise<void> {
    const filter = this.#filter
    this.#message = filter && !filter.checkValidity() ? filter.validationMessage : ''
    this.#error = null
    if (this.#message) return this.#view.host.requestUpdate()
    const text = (name: string): string => (form.elements.namedItem(name) as HTMLInputElement).value.trim()
    const where = filter && JSON.stringify(filter.value) !== nothingAsked ? (filter.value as RecordValues) : null
    const input: WebhookInput = {
      ...{ name: text('name'), url: text('url'), description: text('description') || null, ownerId: text('ownerId') },
      ...{ objects: this.#objects, operations: this.#operations, condition: where },
    }
    await this.#try(async () => {
      const { client } = this.#view
      if (this.hook) await client.update(this.hook.id, this.hook.version, input)
      else {
        const { webhook, secret } = await client.create(input)
        this.#end(form)
        await this.#view.read()
        return this.#view.showSecret({ name: webhook.name, secret, inbound: false })
      }
      this.#end(form)
      await this.#view.read()
      this.#view.voice.say(this.#view.host.t('webhooks.saved'))
    })
  }

  async #rotate(hook: Webhook): Promise<void> {
    await this.#try(async () => {
      const { secret } = await this.#view.client.rotate(hook.id)
      this.#end()
      await this.#view.read()
      await this.#view.showSecret({ name: hook.name, secret, inbound: false })
    })
  }

  async #remove(): Promise<void> {
    const { hook } = this
    if (!hook) return
    await this.#try(async () => {
      await this.#view.client.remove(hook.id, hook.version)
      this.#end()
      await this.#view.read()
      this.#view.voice.say(this.#view.host.t('webhooks.removed'))
    })
  }

  #end(form: HTMLFormElement | null = this.#view.host.renderRoot.querySelector('dialog.hook-edit form')): void {
    form?.closest('dialog')?.close()
  }

  async #try(run: () => Promise<void>): Promise<void> {
    this.#busy = true
    this.#view.host.requestUpdate()
    try {
      await run()
    } catch (error) {
      this.#error = asClientError(error)
    } finally {
      this.#busy = false
      this.#view.host.requestUpdate()
    }
  }
}

function toggled<T>(list: readonly T[], one: T): readonly T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one]
}
