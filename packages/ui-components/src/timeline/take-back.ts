import { html, nothing, type TemplateResult } from 'lit'
import { asClientError } from '../client/client-error.ts'
import { DeciderClient } from '../client/decider-client.ts'
import type { ChangeView } from '../client/log-client.ts'
import { isBlank, nestValues, readField, sameValue } from '../client/record.ts'
import type { FieldView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { fieldsShown } from './fields-shown.ts'
import type { TimelineView } from './timeline-view.ts'

/** Taking back a change or a whole run of a rule: what that would do is said before it is done. */
export class TakeBack {
  #asked: string | null = null
  #busy = false
  /** Of the run that is asked about, how many records it has changed. */
  #affected: number | null = null
  readonly #view: TimelineView

  constructor(view: TimelineView) {
    this.#view = view
  }

  /** For a change somebody made, as long as the record still has the values it gave. */
  renderChange(key: string, change: ChangeView): TemplateResult | typeof nothing {
    const { host, record, definition } = this.#view
    const fields = fieldsShown(definition, change.values)
    const isOwn = change.operation === 'update' && fields.length > 0 && fields.length === Object.keys(change.values ?? {}).length
    const isHere = record && fields.every(({ field, after }) => sameValue(readField(record, field.name), after))
    const isOpen = fields.every(({ field, before }) => isWritable(field) && !(field.required && isBlank(before)))
    if (!isOwn || !isHere || !isOpen || !host.may('update', definition)) return nothing
    const names = fields.map(({ field }) => host.words(field.label)).join(host.t('list.separator'))
    return this.#render(key, host.t('timeline.takeBack'), host.t('timeline.sure.change', { fields: names }), () => this.#change(change))
  }

  /** For a run, for who may steer rules. */
  renderRun(key: string, run: string): TemplateResult | typeof nothing {
    const { host, definition } = this.#view
    if (!host.may('define', definition)) return nothing
    const sure = this.#affected === null ? host.t('loading') : host.t('timeline.sure.run', { count: this.#affected })
    return this.#render(key, host.t('timeline.takeBackRun'), sure, () => this.#run(run), run)
  }

  #render(key: string, label: string, sure: string, carryOut: () => Promise<void>, run?: string): TemplateResult {
    const { host } = this.#view
    if (this.#asked !== key)
      return html`<div class="acts">${renderButton({ label, icon: 'undo', look: 'sm ghost', run: () => void this.#ask(key, run) })}</div>`
    const isReady = run === undefined || this.#affected !== null
    return html`<div class="acts asked" role="group" aria-label=${label}><p role="status">${sure}</p>
      ${renderButton({ label: host.t('timeline.sure'), look: 'sm primary', busy: this.#busy, disabled: !isReady, run: () => void carryOut() })}
      ${renderButton({ label: host.t('cancel'), look: 'sm ghost', run: () => void this.#ask(null) })}</div>`
  }

  async #ask(key: string | null, run?: string): Promise<void> {
    const { host, client } = this.#view
    const before = this.#asked
    this.#asked = key
    this.#affected = null
    host.requestUpdate()
    await host.updateComplete
    const at = host.renderRoot.querySelector(`[data-key="${CSS.escape(key ?? before ?? '')}"] .acts .btn`)
    ;(at as HTMLElement | null)?.focus()
    if (run === undefined) return
    try {
      this.#affected = (await new DeciderClient(client).getRun(run)).affected
      host.requestUpdate()
    } catch (error) {
      this.#asked = null
      this.#view.fail(asClientError(error))
    }
  }

  async #change(change: ChangeView): Promise<void> {
    const { host, client, record } = this.#view
    if (!record) return
    const before = new Map(Object.entries(change.values ?? {}).map(([name, [old]]) => [name, old]))
    await this.#do(async () => {
      const saved = await client.update(host.object, record.id, record.version, nestValues(before))
      host.session.store.commit(host.object, saved)
      host.emit('crm-saved', { object: host.object, id: saved.id, record: saved, operation: 'update' })
      return host.t('timeline.done.change')
    })
  }

  async #run(run: string): Promise<void> {
    const { host, client } = this.#view
    await this.#do(async () => {
      const { undo } = await new DeciderClient(client).undo(run)
      const counts = { count: undo?.undone ?? 0, left: undo?.left ?? 0 }
      return host.t((undo?.left ?? 0) > 0 ? 'timeline.done.runPartly' : 'timeline.done.run', counts)
    })
  }

  async #do(work: () => Promise<string>): Promise<void> {
    const view = this.#view
    this.#busy = true
    view.host.requestUpdate()
    try {
      const said = await work()
      this.#asked = null
      await view.load()
      view.say(said)
    } catch (error) {
      view.fail(asClientError(error))
    } finally {
      this.#busy = false
      view.host.requestUpdate()
    }
  }
}

/** A masked value would be written over the value behind it. */
const isWritable = ({ readOnly, masked, formula }: FieldView): boolean => !readOnly && !masked && !formula
