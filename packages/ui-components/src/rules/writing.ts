import type { DeciderAction, DeciderVersion, SaveKind } from '@guanxi/core/types'
import { asClientError, type ClientError } from '../client/client-error.ts'
import type { Names } from '../client/names.ts'
import type { ObjectView } from '../client/types.ts'
import { KeptDraft } from '../form/kept-draft.ts'
import { type Draft, type DraftRule, draftOf, emptyDraft, limitsOf, missingIn, rulesOf } from './draft.ts'
import { becomes, draftOfSave, saveOf, textsOf } from './on-save/draft-save.ts'
import { missingInSave } from './on-save/missing.ts'
import { valuesIn } from './on-save/names.ts'
import type { RulePage } from './rule-page.ts'
import type { CrmRules } from './rules.ts'
import type { RulesView } from './rules-view.ts'
import { ownValues, type SentenceValue, sentenceValues, toldAs } from './sentence-values.ts'

/** What is written of a rule: the draft, what is wrong with it, and saving it as a new version. */
export class Writing {
  draft: Draft
  /** What is wrong, by JSON pointer. */
  problems: ReadonlyMap<string, string> = new Map()
  /** What rules on save of the object can do, by id. */
  actions: ReadonlyMap<string, DeciderAction> = new Map()
  /** Params whose person is about to be chosen. */
  readonly choosing = new Set<string>()
  /** Was it written before, and brought back? */
  isKept = false
  readonly #page: RulePage
  #kept: KeptDraft | null = null
  #saved: string
  /** The kind that was chosen last. */
  #wanted: SaveKind | null = null

  constructor(page: RulePage) {
    const { host, definable } = page.view
    this.#page = page
    this.draft = emptyDraft(host.object || (definable.find(({ name }) => name === 'deal') ?? definable[0])?.name || '')
    this.#saved = this.#text
  }

  get view(): RulesView {
    return this.#page.view
  }

  get host(): CrmRules {
    return this.view.host
  }

  get names(): Names {
    return this.view.names
  }

  get object(): ObjectView | undefined {
    return this.view.objects.get(this.draft.object)
  }

  get isNew(): boolean {
    return this.#page.isNew
  }

  get isSaving(): boolean {
    return this.#page.busy === 'save'
  }

  get mayDefine(): boolean {
    return this.host.may('define', this.object)
  }

  /** The version that saving makes. */
  get next(): number {
    return this.#page.newest + 1
  }

  /** Does it act when records are saved, instead of being run? */
  get isOnSave(): boolean {
    return this.draft.save !== null
  }

  /** Has something been written that is not saved? */
  get isDirty(): boolean {
    return this.#text !== this.#saved
  }

  /** Is it worth counting the condition while it is written? What is saved has a preview of its own. */
  get counts(): boolean {
    return (this.isNew || this.isDirty) && this.#page.life.asked === null
  }

  get #text(): string {
    return JSON.stringify(this.draft)
  }

  /** What rules of its kind can do. */
  get offered(): readonly DeciderAction[] {
    const kind = this.draft.save?.kind
    return kind ? [...this.actions.values()].filter(({ kinds }) => kinds.includes(kind)) : []
  }

  /** What an action of a rule on save is called. */
  actionName(id: string): string {
    const known = this.actions.get(id)
    return known ? this.host.words(known.label) : id
  }

  /** What its texts can show of a record. */
  get values(): readonly SentenceValue[] {
    const { object, view } = this
    if (!object) return []
    return this.isOnSave ? ownValues(object) : sentenceValues(object, view.objects)
  }

  valueName({ labels, what }: SentenceValue): string {
    const { host } = this
    const name = labels.map((label) => host.words(label)).join(' › ')
    return what === 'value' ? name : host.t(toldAs[what], { name })
  }

  /** Texts of a rule besides its sentence. */
  textsOf = (rule: DraftRule): readonly string[] => textsOf(rule, this.actions)

  /** Goes on from a version; what somebody has written since and not saved is brought back the first time. */
  async begin(id: string, version: DeciderVersion | undefined): Promise<void> {
    if (version?.save) await this.#beginOnSave(id, version)
    else if (version) this.draft = draftOf(id, version)
    this.#saved = this.#text
    if (this.#kept === null) await this.restore()
  }

  /** A rule on save is written with forms that its actions make. */
  async #beginOnSave(id: string, version: DeciderVersion): Promise<void> {
    this.actions = new Map((await this.view.actionsOf(version.object)).map((action) => [action.id, action]))
    this.draft = draftOfSave(id, version, this.actions)
    const { people, pairs } = valuesIn(this.draft, this.actions, this.view.objects)
    await Promise.all([this.names.load({ people }), this.names.loadValues(pairs)])
  }

  /** What rules on save of an object can do, and what they can be told. */
  async #learnActions(): Promise<void> {
    const { object } = this.draft
    const actions = await this.view.actionsOf(object)
    // Somebody may have chosen another object meanwhile.
    if (object === this.draft.object) this.actions = new Map(actions.map((action) => [action.id, action]))
  }

  /** Makes it another kind of rule, once it is known what those can do; the kind chosen last counts. */
  async become(kind: SaveKind | null): Promise<void> {
    this.#wanted = kind
    if (kind) await this.#learnActions().catch((error) => this.view.fail(error))
    if (this.#wanted !== kind) return
    becomes(this.draft, kind, this.actions)
    this.changed()
  }

  /** Brings back what somebody has written and not saved. */
  async restore(): Promise<void> {
    const { host } = this
    const { newest, address } = this.#page
    this.#kept = await KeptDraft.of(host.session, host.src, '$rule', address)
    const found = this.#kept.take(newest, host.session.now())?.find(([name]) => name === 'draft')
    if (!found || !this.mayDefine) return
    this.draft = found[1] as Draft
    if (this.draft.save) await this.#learnActions()
    this.isKept = true
    this.#keep()
  }

  #keep(): void {
    if (this.isDirty) this.#kept?.keep(this.#page.newest, [['draft', this.draft]], this.host.session.now())
    else this.#kept?.drop()
  }

  /** Something was written. */
  changed(): void {
    if (this.problems.size > 0) this.problems = new Map()
    this.#keep()
    this.host.requestUpdate()
  }

  /** Forgets what was written since it was saved. */
  discard(): void {
    this.draft = JSON.parse(this.#saved) as Draft
    this.problems = new Map()
    this.isKept = false
    this.#keep()
    this.host.requestUpdate()
  }

  problemAt(path: string): string {
    for (const [pointer, message] of this.problems) if (pointer === path || pointer.startsWith(`${path}/`)) return message
    return ''
  }

  /** Is exactly this said to be wrong, not something inside? */
  exactly = (path: string): boolean => this.problems.has(path)

  /** Moves the focus once what it goes to is drawn. */
  focus(selector: string): void {
    this.#page.focus(selector)
  }

  async save(): Promise<void> {
    const { host, draft, actions } = this
    const missing = draft.save ? missingInSave(draft, actions) : missingIn(draft)
    if (missing.size > 0) {
      this.problems = new Map([...missing].map(([path, key]) => [path, host.t(key)]))
      return this.#goToProblem()
    }
    await this.#page.busily('save', async () => {
      try {
        await (draft.id === null ? this.#create() : this.#propose(draft.id))
      } catch (error) {
        this.#refused(asClientError(error))
      }
    })
  }

  /** What is written, as the server takes it. */
  get #said() {
    const { draft, actions, object, view } = this
    return draft.save
      ? { save: saveOf(draft, draft.save, actions, view.objects) }
      : { rules: rulesOf(draft, object), limits: limitsOf(draft) }
  }

  async #create(): Promise<void> {
    const { host, view } = this
    const { name, object, label } = this.draft
    const made = await view.client.create({ name, object, label, ...this.#said })
    view.say(host.t('rules.created'))
    view.did(made.id, 'saved')
    await view.refresh()
    this.#saved = this.#text
    this.#kept?.drop()
    view.open(made.id)
  }

  async #propose(id: string): Promise<void> {
    const { host, view } = this
    const { version } = await view.client.propose(id, this.#said)
    view.did(id, 'saved')
    this.isKept = false
    this.#kept?.drop()
    await this.#page.reload()
    view.say(host.t('rules.proposed', { version }))
  }

  /** What the server objects to stands at the control it is about. */
  #refused(error: ClientError): void {
    const { host, view } = this
    const issues = error.issues.length > 0 ? error.issues : [{ code: error.code, path: '', message: error.message }]
    const text = (message: string, hint?: string | null) => [message, hint].filter(Boolean).join(' ')
    const path = (error.path ?? '').replace(/^\/save(?=\/)/, '')
    this.problems = new Map(issues.map(({ message, hint }) => [path, text(message, hint)]))
    if (error.path === null || error.status === 0) view.fail(error)
    else host.tell('crm-error', { error })
    this.#goToProblem()
  }

  #goToProblem(): void {
    this.focus('[aria-invalid="true"], .problems')
  }
}
