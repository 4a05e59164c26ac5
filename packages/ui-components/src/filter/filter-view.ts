import { ExpressionError, formsWith, normaliseExpression, type OperatorView } from '@guanxi/core/expression'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { ObjectView } from '../client/types.ts'
import { Announcer } from '../controllers/announcer.ts'
import { LoadController } from '../controllers/load.ts'
import { MenuController } from '../controllers/menu.ts'
import { PanelController } from '../controllers/panel.ts'
import { ToastController } from '../controllers/toast.ts'
import type { Reading } from '../format/value.ts'
import { renderFailure } from '../state/state-view.ts'
import { banner } from '../styles/banner.ts'
import { box } from '../styles/box.ts'
import { check } from '../styles/check.ts'
import { entry } from '../styles/entry.ts'
import { input } from '../styles/input.ts'
import { mark } from '../styles/mark.ts'
import { overlay } from '../styles/overlay.ts'
import { renderGroup, renderRoot } from './builder.ts'
import { Checks } from './checks.ts'
import { filterStyles as ownStyles } from './filter.styles.ts'
import type { CrmFilter } from './filter.ts'
import { KeptWords } from './kept.ts'
import { en } from './messages/en.ts'
import { zhCN } from './messages/zh-CN.ts'
import { isDeep } from './model/depth.ts'
import { changeGroup, findPart, parentOf, replacePart } from './model/edit.ts'
import type { Source } from './model/fields.ts'
import { withPeople } from './model/people.ts'
import { readTree } from './model/read.ts'
import { createIds, type Group, groupOf, type Ids, type Part } from './model/tree.ts'
import { writeTree } from './model/write.ts'
import { NameBook } from './names.ts'
import { Overlap, renderOverlap } from './overlap.ts'
import { Preview, renderPreview } from './preview.ts'
import { sayTree } from './say.ts'
import { renderSegments, Segments } from './segments.ts'
import { renderFilterSkeleton } from './skeleton.ts'
import { renderWhy, Why } from './why.ts'

export const filterStyles = [box, check, input, entry, mark, banner, overlay, ownStyles]
export const filterMessages = { 'zh-CN': zhCN, en }

/** What {@link CrmFilter} shows once it is loaded: the tree of its value, and what is known about it. */
export class FilterView {
  readonly host: CrmFilter
  readonly menu: MenuController
  readonly panel: PanelController
  readonly toast: ToastController
  readonly announcer: Announcer
  readonly names: NameBook
  readonly checks: Checks
  readonly kept: KeptWords
  readonly preview: Preview
  readonly why: Why
  readonly saved: Segments
  readonly overlap: Overlap
  readonly ids: Ids = createIds()
  /** Groups hold conditions, and conditions on child records hold groups. */
  readonly renderGroup = renderGroup
  source: Source | null = null
  root: Group
  readonly #load: LoadController
  /** The expression the tree stands for; another one from outside is read anew. */
  #written: unknown = null
  #focus: string | null = null

  constructor(host: CrmFilter) {
    this.host = host
    this.menu = new MenuController(host)
    this.panel = new PanelController(host)
    this.toast = new ToastController(host, () => host.t('close'))
    this.announcer = new Announcer(host)
    this.names = new NameBook(host)
    this.checks = new Checks(host)
    this.kept = new KeptWords(host)
    this.preview = new Preview(host)
    this.why = new Why(host)
    this.saved = new Segments(this)
    this.overlap = new Overlap(host)
    this.#load = new LoadController(host)
    this.root = groupOf(this.ids)
  }

  /** Reads the definitions, then shows the value. */
  async load(): Promise<void> {
    const { host } = this
    if (!host.object) return
    const done = await this.#load.run(async (signal) => {
      const [{ objects, operators }, me] = await Promise.all([host.session.client.definitions(signal), host.session.me().catch(() => null)])
      if (me) host.session.keepPeople([{ id: me.identity.id, name: me.identity.name ?? me.identity.id }])
      const own = objects.find(({ name }) => name === host.object) ?? (await host.session.object(host.object))
      if (!signal.aborted) this.#begin(own, objects, operators)
    })
    if (!done) {
      if (this.#load.error) host.emit('crm-error', { error: this.#load.error })
      return
    }
    if (host.segments) await this.saved.load()
    host.emit('crm-load', { object: host.object, record: null })
  }

  #begin(object: ObjectView, objects: readonly ObjectView[], operators: readonly OperatorView[] = []): void {
    const byName = new Map(objects.map((one) => [one.name, one]))
    const { own } = this.host
    this.source = {
      object,
      objects: withPeople((name) => byName.get(name)),
      operators,
      forms: formsWith(operators),
      ...(own && { isOwn: true, mode: 'memory' as const }),
    }
    this.#read()
  }

  /** The host set properties. */
  changed(changed: PropertyValues<CrmFilter>): void {
    if (!this.source) return
    if (changed.has('value') && this.host.value !== this.#written) this.#read()
    if (changed.has('preview') || changed.has('recordId')) this.#ask()
    if (changed.has('segments') && this.host.segments) void this.saved.load()
    if (changed.has('segment')) this.saved.show(this.host.segment)
  }

  /** After each update of the host. */
  updated(): void {
    if (this.#focus === null) return
    const wanted = this.host.renderRoot.querySelector<HTMLElement>(this.#focus)
    this.#focus = null
    wanted?.focus()
  }

  /** Takes the value from outside: what cannot be read is kept whole. */
  #read(): void {
    const { source, host } = this
    if (!source) return
    let logic = host.value
    try {
      if (!isDeep(host.value)) logic = normaliseExpression(host.value, source)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
    }
    this.root = readTree(source, logic, this.ids)
    this.#settle(this.#write())
    this.names.learn(source, this.root)
  }

  #write(): ReturnType<typeof writeTree> {
    const { source, root } = this
    if (!source) throw new Error('There is no definition yet.')
    return writeTree(source, root)
  }

  #settle(written: ReturnType<typeof writeTree>): void {
    this.#written = written.logic
    this.host.value = written.logic
    if (this.source) this.checks.run(this.source, written)
    this.#ask()
    this.host.requestUpdate()
  }

  /** Counts anew, and asks anew why. */
  #ask(): void {
    const { source } = this
    if (!source) return
    const where = this.checks.problem || !this.checks.isCountable ? null : (this.#written as Record<string, unknown>)
    this.preview.ask(source, this.host.preview ? where : null)
    this.why.ask(this.host.recordId, where)
    this.overlap.ask(where)
  }

  /** The condition in force. */
  get where(): Readonly<Record<string, unknown>> {
    return this.#written as Readonly<Record<string, unknown>>
  }

  /** May it be changed? */
  get isOpen(): boolean {
    return !this.host.readonly && !this.host.isDisabled
  }

  /** Changes the tree, unless the host vetoes what comes of it. `focus`: what then has the focus. */
  edit(root: Group, focus?: string): void {
    const before = this.root
    this.root = root
    const written = this.#write()
    const isSame = JSON.stringify(written.logic) === JSON.stringify(this.#written)
    if (!isSame && !this.host.emit('crm-change', { name: this.host.name, value: written.logic }, true)) {
      this.root = before
      this.host.requestUpdate()
      return
    }
    if (focus !== undefined) this.#focus = focus
    if (isSame) {
      if (this.source) this.checks.run(this.source, written)
      this.host.requestUpdate()
    } else this.#settle(written)
    if (this.source) this.names.learn(this.source, this.root)
  }

  /** Puts another part in the place of one. */
  replace(id: number, part: Part, focus?: string): void {
    this.edit(
      replacePart(this.root, id, () => [part]),
      focus,
    )
  }

  setGroup(id: number, change: (group: Group) => Group, focus?: string): void {
    this.edit(changeGroup(this.root, id, change), focus)
  }

  find(id: number): Part | null {
    return findPart(this.root, id)
  }

  parent(id: number): Group | null {
    return parentOf(this.root, id)
  }

  /** Takes a condition as if the host had set it, and tells of it. */
  take(value: unknown): boolean {
    if (!this.host.emit('crm-change', { name: this.host.name, value }, true)) return false
    this.host.value = value
    return true
  }

  /** What values are read with. */
  get reading(): Reading {
    return { locale: this.host.language, now: this.host.session.now() }
  }

  get message(): string {
    const { problem, unfinished } = this.checks
    if (problem) return problem.message
    return unfinished > 0 ? this.host.t('cond.unfinished.some', { count: unfinished }) : ''
  }

  get sentence(): string {
    return this.source ? sayTree(this, this.source, this.root) : ''
  }

  render(): TemplateResult {
    const { error } = this.#load
    const { host, source } = this
    if (error && !source) return renderFailure(host, error, () => host.load())
    if (!source) return renderFilterSkeleton(host)
    const side = [
      host.preview ? renderPreview(this, source) : nothing,
      (host.preview && !host.brief) || host.recordId ? renderWhy(this, source) : nothing,
    ]
    const hasSide = host.preview || host.recordId !== null || (host.segments && this.overlap.isShown)
    return html`${host.segments ? renderSegments(this) : nothing}
      <div class="cols ${hasSide ? 'has-side' : ''}">
        <div class="builder-wrap">${renderRoot(this, source)}</div>
        ${hasSide ? html`<div class="side">${side}${host.segments ? renderOverlap(this) : nothing}</div>` : nothing}
      </div>
      ${this.menu.render()}${this.panel.render()}${this.toast.render()}${this.announcer.render()}`
  }
}
