import { html, nothing, type TemplateResult } from 'lit'
import { html as staticHtml } from 'lit/static-html.js'
import { asClientError } from '../client/client-error.ts'
import { fieldOf, nameOf } from '../client/record.ts'
import type { CrmRecord, FieldView, ObjectView } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import { overlaysOf } from '../controllers/overlays.ts'
import { renderButton } from '../display/button.ts'
import { renderValue } from '../display/value.ts'
import { tagOf } from '../element/tag.ts'
import type { CrmField } from '../field/field.ts'
import { relatedFrom } from '../form/write.ts'
import { formatValue } from '../format/value.ts'
import { icon, spinner } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import { scopeOf } from './bulk-scope.ts'
import { type BulkPreview, bulkLimits, previewBulk, runBulk, undoBulk, undoSteps } from './bulk-task.ts'
import type { Chosen } from './chosen.ts'
import { openExport } from './export.ts'
import type { CrmList } from './list.ts'

const SHOWN = 4
const KINDS = new Set(['file', 'children', 'anyReference', 'links'])

/** What can be done to the chosen records: each shows what it would change before it does. */
export class BulkBar {
  readonly #list: CrmList
  readonly #picked: Chosen
  readonly #load: LoadController
  #field: FieldView | null = null
  #removes = false
  #value: unknown = null
  #chosen: CrmRecord | null = null
  #preview: BulkPreview | null = null
  #running = false
  #problem = ''

  constructor(list: CrmList, picked: Chosen) {
    this.#list = list
    this.#picked = picked
    this.#load = new LoadController(list)
  }

  /** Forgets what was begun. */
  reset(): void {
    this.#field = null
    this.#removes = false
    this.#value = null
    this.#chosen = null
    this.#preview = null
    this.#problem = ''
  }

  render(object: ObjectView): TemplateResult {
    const list = this.#list
    const { total } = list
    const { count, selection } = this.#picked
    const more =
      !selection.isAll && total > count
        ? html`<button type="button" class="link" @click=${() => this.#picked.all()}>${list.t('select.all', { count: total })}</button>`
        : nothing
    return html`<section class="bulk" part="bulk-bar" aria-label=${list.t('bulk.title')} @keydown=${this.#onKeydown}>
      <div class="bulk-main">
        <b role="status">${list.t('select.count', { count })}</b>${more}<span class="grow"></span>${this.#renderActions(object)}
        ${renderButton({ label: list.t('select.clear'), icon: 'close', look: 'ghost sm', bare: true, run: () => this.#picked.clear() })}
      </div>
      ${this.#field || this.#removes ? this.#renderPlan(object) : nothing}
    </section>`
  }

  #renderActions(object: ObjectView): TemplateResult {
    const list = this.#list
    const owner = fieldOf(object, 'ownerId')
    const mayUpdate = list.may('update', object)
    return html`
      ${mayUpdate && owner && !owner.readOnly ? renderButton({ label: list.t('bulk.owner'), icon: 'user', look: 'sm', run: () => this.#begin(owner) }) : nothing}
      ${mayUpdate ? renderButton({ label: list.t('bulk.change'), icon: 'edit', look: 'sm', opens: 'menu', run: (event) => this.#chooseField(object, event) }) : nothing}
      ${renderButton({ label: list.t('bulk.export'), icon: 'download', look: 'sm', opens: 'menu', run: (event) => openExport(list, event.currentTarget as HTMLElement, true) })}
      ${list.may('delete', object) ? renderButton({ label: list.t('bulk.delete'), icon: 'trash', look: 'sm danger', run: () => this.#begin(null) }) : nothing}`
  }

  #renderPlan(object: ObjectView): TemplateResult {
    const list = this.#list
    const busy = this.#load.state === 'loading'
    return html`<form class="bulk-plan" part="bulk-preview" novalidate @submit=${this.#onSubmit}>
      ${this.#field ? this.#renderValue(this.#field) : nothing}
      ${busy ? html`<p class="row soft" role="status">${spinner}${list.t('bulk.checking', { count: this.#picked.count })}</p>` : nothing}
      ${this.#problem ? html`<p class="error" part="error" role="alert">${icon('warn')}<span>${this.#problem}</span></p>` : nothing}
      ${this.#preview && !busy ? this.#renderPreview(object, this.#preview) : nothing}
      ${this.#preview || busy || !this.#field ? nothing : html`<div class="row">${renderButton({ label: list.t('bulk.preview'), look: 'sm', submits: true })}</div>`}
    </form>`
  }

  #renderValue(field: FieldView): TemplateResult {
    const list = this.#list
    const tag = tagOf(list, 'field')
    const onChange = (event: Event) => {
      event.stopPropagation()
      const control = event.currentTarget as CrmField
      this.#value = control.value ?? null
      this.#chosen = {
        id: '',
        version: 0,
        [field.name]: this.#value,
        related: relatedFrom([control], { id: '', version: 0, [field.name]: this.#value }, null),
      }
      this.#preview = null
      this.#problem = ''
      list.requestUpdate()
    }
    const plain = { ...field, help: null }
    return staticHtml`<${tag}
      class="bulk-field" src=${list.src} .locale=${list.language} .field=${plain} .value=${this.#value} .record=${this.#chosen} @crm-change=${onChange}
    ></${tag}>`
  }

  #renderPreview(object: ObjectView, preview: BulkPreview): TemplateResult {
    const list = this.#list
    const count = preview.changing.length
    const field = this.#field
    const canUndo = field ? undoSteps(preview) !== null : count <= 100
    const run = field ? list.t('bulk.run', { count }) : list.t('bulk.remove', { count })
    return html`<p role="status">${icon('info')}<span>
        ${field ? html`${list.t('bulk.set', { field: list.words(field.label), value: this.#valueText(field) })}${list.t('colon')}<b>${list.t('bulk.will', { count })}</b>` : html`<b>${run}</b>`}
        ${preview.unchanged > 0 ? html`<span class="soft">${list.t('list.separator')}${list.t('bulk.same', { count: preview.unchanged })}</span>` : nothing}
      </span></p>
      <ul class="bulk-lines">
        ${field ? preview.byOld.slice(0, SHOWN).map((line) => this.#renderOld(field, line)) : preview.sample.map((record) => html`<li class="clip">${nameOf(object, record) || list.t('untitled')}</li>`)}
        ${moreThan(field ? preview.byOld.length : count) ? html`<li class="dim">…</li>` : nothing}
      </ul>
      <div class="row">
        ${renderButton({ label: run, look: field ? 'primary sm' : 'danger sm', busy: this.#running, disabled: count === 0, run: () => void this.#run(preview) })}
        <span class="dim xs">${field ? list.t(canUndo ? 'bulk.undo' : 'bulk.noundo') : list.t('bulk.remove.text')}</span>
      </div>`
  }

  #renderOld(field: FieldView, { value, record, count }: BulkPreview['byOld'][number]): TemplateResult {
    const list = this.#list
    const shown = (one: unknown, from: CrmRecord | null) => renderValue(field, one, list.reading(from))
    return html`<li class="row"><span class="clip">${shown(value, record)}</span>${icon('arrow-right')}<span class="clip">${shown(this.#value, this.#chosen)}</span>
      <span class="count">${count.toLocaleString(list.language)}</span></li>`
  }

  #valueText(field: FieldView): string {
    return formatValue(field, this.#value, this.#list.reading(this.#chosen)) || this.#list.t('bulk.empty')
  }

  #chooseField(object: ObjectView, event: Event): void {
    const list = this.#list
    const fields = object.fields.filter((field) => !field.readOnly && field.layer !== 'system' && !field.unique && !KINDS.has(field.kind))
    const items = () => fields.map((field) => ({ label: list.words(field.label), run: () => this.#begin(field) }))
    void overlaysOf(list).menu.open(event.currentTarget as HTMLElement, list.t('bulk.change'), items)
  }

  #begin(field: FieldView | null): void {
    this.reset()
    this.#field = field
    this.#removes = field === null
    this.#list.requestUpdate()
    if (field) void this.#list.updateComplete.then(() => this.#list.renderRoot.querySelector<HTMLElement>('.bulk-field')?.focus())
    else void this.#look()
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault()
    if (!this.#preview) void this.#look()
  }

  async #look(): Promise<void> {
    const list = this.#list
    const { object, selection, query, session } = scopeOf(list)
    const count = selection.count(list.total)
    this.#problem = ''
    if (count > bulkLimits.records) {
      this.#problem = list.t('bulk.many', { limit: bulkLimits.records })
      list.requestUpdate()
      return
    }
    await this.#load.run(async (signal) => {
      const preview = await previewBulk(
        session,
        { object: object.name, selection, query },
        this.#field,
        this.#value,
        object.nameField,
        signal,
      )
      if (!signal.aborted) this.#preview = preview
    })
    if (this.#load.error) this.#problem = reasonOf(list, this.#load.error)
    list.requestUpdate()
  }

  async #run(preview: BulkPreview): Promise<void> {
    const list = this.#list
    const { object, session } = scopeOf(list)
    const [field, value] = [this.#field, this.#value]
    if (this.#running) return
    this.#running = true
    this.#problem = ''
    list.requestUpdate()
    try {
      await runBulk(session, object.name, field, value, preview)
      this.#tell(object.name, field, value, preview)
      this.reset()
      this.#picked.clear()
      list.emit('crm-bulk', { object: object.name, operation: field ? 'update' : 'delete', ids: preview.changing.map(({ id }) => id) })
      await list.refresh()
    } catch (error) {
      const refused = asClientError(error)
      this.#preview = refused.code === 'NOT_FOUND' ? null : this.#preview
      this.#problem = refused.code === 'NOT_FOUND' ? list.t('bulk.moved') : reasonOf(list, refused)
      list.emit('crm-error', { error: refused })
    } finally {
      this.#running = false
      list.requestUpdate()
    }
  }

  #tell(object: string, field: FieldView | null, value: unknown, preview: BulkPreview): void {
    const list = this.#list
    const count = preview.changing.length
    const text = field ? list.t('bulk.done', { count, field: list.words(field.label) }) : list.t('bulk.removed', { count })
    const canUndo = field ? undoSteps(preview) !== null : count <= 100
    const run = () => void this.#undo(object, field, value, preview)
    void overlaysOf(list).toast.show({
      text,
      icon: field ? 'check' : 'trash',
      action: canUndo ? { label: list.t('undo'), countdown: true, run } : undefined,
    })
  }

  async #undo(object: string, field: FieldView | null, value: unknown, preview: BulkPreview): Promise<void> {
    const list = this.#list
    const { session } = list
    try {
      const count = field ? await undoBulk(session, object, field, value, preview) : await restoreAll(list, object, preview)
      const left = preview.changing.length - count
      const text = list.t('bulk.undone', { count }) + (left > 0 ? ` · ${list.t('bulk.skipped', { count: left })}` : '')
      void overlaysOf(list).toast.show({ text, icon: 'undo', seconds: 6 })
    } catch (error) {
      void overlaysOf(list).toast.show({ text: reasonOf(list, asClientError(error)), icon: 'warn', urgent: true })
    }
    await list.refresh()
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return
    event.stopPropagation()
    if (this.#field || this.#removes) this.reset()
    else this.#picked.clear()
    this.#list.requestUpdate()
  }
}

async function restoreAll(list: CrmList, object: string, { changing }: BulkPreview): Promise<number> {
  for (const { id } of changing) await list.session.client.restore(object, id, 'any')
  return changing.length
}

const moreThan = (count: number): boolean => count > SHOWN
