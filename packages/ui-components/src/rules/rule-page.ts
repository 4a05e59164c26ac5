import type {
  Backtest,
  DeciderAction,
  DeciderAdvance,
  DeciderPreview,
  DeciderRun,
  DeciderStep,
  DeciderVersion,
  DeciderView,
  Replay,
} from '@guanxi/core/types'
import { asClientError, type ClientError } from '../client/client-error.ts'
import type { ObjectView } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import { KeptDraft } from '../form/kept-draft.ts'
import { type Draft, type DraftRule, draftOf, emptyDraft, limitsOf, missingIn, rulesOf } from './draft.ts'
import { type DraftTimes, timesOf } from './draft-times.ts'
import { draftOfSave, saveOf, textsOf } from './on-save/draft-save.ts'
import { missingInSave } from './on-save/missing.ts'
import { valuesIn } from './on-save/names.ts'
import type { RulesTab } from './rules.ts'
import type { RulesView } from './rules-view.ts'
import { ownValues, type SentenceValue, sentenceValues, toldAs } from './sentence-values.ts'

const tabs: readonly RulesTab[] = ['rule', 'backtest', 'runs', 'versions']

/** A step that somebody is about to take. */
export interface AskedStep {
  readonly to: DeciderAdvance['to'] | 'back'
  pilot: Readonly<Record<string, unknown>>
  note: string
  error: string
}

/** One rule: what is written, how it stands, what it would do, did, and would have done. */
export class RulePage {
  readonly view: RulesView
  /** `new`, or its id. */
  readonly address: string
  decider: DeciderView | null = null
  versions: readonly DeciderVersion[] = []
  steps: readonly DeciderStep[] = []
  runs: readonly DeciderRun[] = []
  draft: Draft
  /** What is wrong, by JSON pointer. */
  problems: ReadonlyMap<string, string> = new Map()
  preview: DeciderPreview | null = null
  backtest: Backtest | null = null
  /** Of a rule on save: what it would have done to the saves that have been. */
  replay: Replay | null = null
  /** What rules on save of the object can do, by id. */
  actions: ReadonlyMap<string, DeciderAction> = new Map()
  /** Params whose person is about to be chosen. */
  readonly choosing = new Set<string>()
  /** Was it written before, and brought back? */
  isKept = false
  #kept: KeptDraft | null = null
  window: { days: number; everyDays: number; against: number | null } = { days: 90, everyDays: 1, against: null }
  asked: AskedStep | null = null
  /** Numbers that have to be confirmed before a run goes on. */
  confirm: DeciderPreview | null = null
  /** The run that waits for it; null: it has just been asked for. */
  #waiting: string | null = null
  /** When it is to run by itself, while somebody sets it. */
  scheduling: DraftTimes | null = null
  /** The run about to be taken back. */
  undoing: string | null = null
  busy: 'save' | 'step' | 'run' | 'undo' | 'look' | null = null
  readonly reading: LoadController
  readonly previewing: LoadController
  readonly backtesting: LoadController
  #saved = ''
  #focus: string | null = null

  constructor(view: RulesView, address: string) {
    this.view = view
    this.address = address
    this.reading = new LoadController(view.host)
    this.previewing = new LoadController(view.host)
    this.backtesting = new LoadController(view.host)
    this.draft = emptyDraft(view.host.object || (view.definable.find(({ name }) => name === 'deal') ?? view.definable[0])?.name || '')
    this.#saved = this.#text
  }

  get host() {
    return this.view.host
  }

  get names() {
    return this.view.names
  }

  get isNew(): boolean {
    return this.address === 'new'
  }

  get tab(): RulesTab {
    return this.isNew ? 'rule' : (tabs.find((one) => one === this.host.tab) ?? 'rule')
  }

  /** Does it act when records are saved, instead of being run? */
  get isOnSave(): boolean {
    return this.draft.save !== null
  }

  /** What rules of its kind can do. */
  get offered(): readonly DeciderAction[] {
    const kind = this.draft.save?.kind
    return kind ? [...this.actions.values()].filter(({ kinds }) => kinds.includes(kind)) : []
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

  /** What an action of a rule on save is called. */
  actionName(id: string): string {
    const known = this.actions.get(id)
    return known ? this.host.words(known.label) : id
  }

  get object(): ObjectView | undefined {
    return this.view.objects.get(this.draft.object)
  }

  get mayDefine(): boolean {
    return this.host.may('define', this.object)
  }

  get newest(): number {
    return this.versions[0]?.version ?? 0
  }

  /** Is it worth counting the condition while it is written? What is saved has a preview of its own. */
  get counts(): boolean {
    return (this.isNew || this.isDirty) && this.asked === null
  }

  /** Has something been written that is not saved? */
  get isDirty(): boolean {
    return this.#text !== this.#saved
  }

  get #text(): string {
    return JSON.stringify(this.draft)
  }

  async load(): Promise<void> {
    if (this.isNew) {
      await this.#restore()
      this.host.tell('crm-load', { rule: 'new' })
      return this.host.requestUpdate()
    }
    const done = await this.reading.run((signal) => this.#read(signal))
    if (this.reading.error) return void this.host.tell('crm-error', { error: this.reading.error })
    if (!done) return
    this.host.tell('crm-load', { rule: this.address })
    void this.readPreview()
  }

  async #read(signal?: AbortSignal): Promise<void> {
    const { client, names } = this.view
    const id = this.address
    const [decider, versions, steps, runs] = await Promise.all([
      client.get(id, signal),
      client.versions(id, signal),
      client.history(id, signal),
      client.runs({ decider: id, limit: 50 }, signal),
    ])
    const object = this.view.objects.get(decider.object)
    const set = versions.flatMap(({ rules }) => rules.flatMap((rule) => Object.entries(rule.set)))
    const pairs = set.flatMap(([name, value]) => {
      const field = object?.fields.find((one) => one.name === name)
      return field ? [[field, value] as const] : []
    })
    const named = runs.flatMap(({ skipped, undo }) => [...skipped.cases, ...(undo?.kept ?? [])].slice(0, NAMED).map((one) => one.id))
    await Promise.all([
      names.load({ people: [...[...versions, ...steps, ...runs].map(({ by }) => by), ...runs.flatMap(({ undo }) => undo?.by ?? [])] }),
      names.loadValues(pairs),
      names.loadRecords(decider.object, named),
    ])
    Object.assign(this, { decider, versions, steps, runs })
    const [version] = versions
    if (version?.save) await this.#begin(id, version)
    else if (version) this.draft = draftOf(id, version)
    this.#saved = this.#text
    if (this.#kept === null) await this.#restore()
  }

  /** A rule on save is written with forms that its actions make. */
  async #begin(id: string, version: DeciderVersion): Promise<void> {
    this.actions = new Map((await this.view.actionsOf(version.object)).map((action) => [action.id, action]))
    this.draft = draftOfSave(id, version, this.actions)
    const { people, pairs } = valuesIn(this.draft, this.actions, this.view.objects)
    await Promise.all([this.view.names.load({ people }), this.view.names.loadValues(pairs)])
  }

  /** What rules on save of an object can do, and what they can be told. */
  async learnActions(): Promise<void> {
    const { object } = this.draft
    const actions = await this.view.actionsOf(object)
    // Somebody may have chosen another object meanwhile.
    if (object === this.draft.object) this.actions = new Map(actions.map((action) => [action.id, action]))
  }

  /** Brings back what somebody has written and not saved. */
  async #restore(): Promise<void> {
    const { host } = this
    this.#kept = await KeptDraft.of(host.session, host.src, '$rule', this.address)
    const found = this.#kept.take(this.newest, host.session.now())?.find(([name]) => name === 'draft')
    if (!found || !this.mayDefine) return
    this.draft = found[1] as Draft
    if (this.draft.save) await this.learnActions()
    this.isKept = true
    this.#keep()
  }

  #keep(): void {
    if (this.isDirty) this.#kept?.keep(this.newest, [['draft', this.draft]], this.host.session.now())
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

  async save(): Promise<void> {
    const { host, view, draft, actions } = this
    const missing = draft.save ? missingInSave(draft, actions) : missingIn(draft)
    if (missing.size > 0) {
      this.problems = new Map([...missing].map(([path, key]) => [path, host.t(key)]))
      return this.focus('[aria-invalid="true"], .problems')
    }
    await this.#busily('save', async () => {
      const said = draft.save
        ? { save: saveOf(draft, draft.save, actions, view.objects) }
        : { rules: rulesOf(draft, this.object), limits: limitsOf(draft) }
      try {
        if (draft.id === null) {
          const { name, object, label } = draft
          const made = await view.client.create({ name, object, label, ...said })
          view.say(host.t('rules.created'))
          view.did(made.id, 'saved')
          await view.refresh()
          this.#saved = this.#text
          this.#kept?.drop()
          view.open(made.id)
        } else {
          const { version } = await view.client.propose(draft.id, said)
          view.did(draft.id, 'saved')
          this.isKept = false
          this.#kept?.drop()
          await this.reload()
          view.say(host.t('rules.proposed', { version }))
        }
      } catch (error) {
        this.#refused(asClientError(error))
      }
    })
  }

  /** What the server objects to stands at the control it is about. */
  #refused(error: ClientError): void {
    const { host } = this
    const issues = error.issues.length > 0 ? error.issues : [{ code: error.code, path: '', message: error.message }]
    const text = (message: string, hint?: string | null) => [message, hint].filter(Boolean).join(' ')
    const path = (error.path ?? '').replace(/^\/save(?=\/)/, '')
    this.problems = new Map(issues.map(({ message, hint }) => [path, text(message, hint)]))
    if (error.path === null || error.status === 0) this.view.fail(error)
    else host.tell('crm-error', { error })
    this.focus('[aria-invalid="true"], .problems')
  }

  /** Reads everything again after something was done. */
  async reload(): Promise<void> {
    await this.#read()
    await this.view.refresh()
    void this.readPreview()
  }

  /** What the version at the head would do now. */
  async readPreview(): Promise<void> {
    if (this.isNew || !this.decider || this.isOnSave) return
    const { client, names } = this.view
    await this.previewing.run(async (signal) => {
      const preview = await client.preview(this.address, { version: this.newest, sample: 5 }, signal)
      await names.load({
        people: ids(preview.people),
        teams: [...ids(preview.teams), ...preview.breaches.flatMap(({ team }) => team ?? [])],
      })
      await this.#nameValues(preview)
      this.preview = preview
    })
  }

  async #nameValues({ sample }: DeciderPreview): Promise<void> {
    const fields = this.object?.fields ?? []
    const pairs = sample.flatMap(({ values }) =>
      Object.entries(values).flatMap(([name, both]) => {
        const field = fields.find((one) => one.name === name)
        return field ? both.map((value) => [field, value] as const) : []
      }),
    )
    await this.view.names.loadValues(pairs)
  }

  async runBacktest(): Promise<void> {
    const { client, names } = this.view
    const { days, everyDays, against } = this.window
    const done = await this.backtesting.run(async (signal) => {
      const query = { version: this.newest, days, everyDays, ...(against !== null && { against }) }
      const result = await client.backtest(this.address, query, signal)
      await names.load({ people: ids(result.people), teams: ids(result.teams) })
      this.backtest = result
    })
    if (done) this.focus('.bt-sum')
  }

  async runReplay(): Promise<void> {
    const { client, names } = this.view
    const done = await this.backtesting.run(async (signal) => {
      const replay = await client.replay(this.address, { version: this.newest }, signal)
      await names.load({ people: [...replay.people.map(({ id }) => id), ...replay.sample.map(({ by }) => by)] })
      this.replay = replay
    })
    if (done) this.focus('.bt-sum')
  }

  ask(to: AskedStep['to'] | null): void {
    this.asked = to && { to, pilot: { and: [] }, note: '', error: '' }
    this.host.requestUpdate()
  }

  async step(): Promise<void> {
    const { asked, view } = this
    if (!asked) return
    const { to, pilot, note } = asked
    if (to === 'pilot' && Array.isArray(pilot.and) && pilot.and.length === 0) {
      asked.error = this.host.t('rules.pilot.missing')
      return this.host.requestUpdate()
    }
    await this.#busily('step', async () => {
      try {
        const said = note.trim() ? { note: note.trim() } : {}
        if (to === 'back') await view.client.rollback(this.address, said.note)
        else await view.client.advance(this.address, { to, version: this.newest, ...(to === 'pilot' && { pilot }), ...said })
        this.asked = null
        view.did(this.address, 'moved')
        await this.reload()
        view.say(this.host.t('rules.moved', { stage: this.host.t(`rules.stage.${this.decider?.stage ?? 'draft'}`) }))
        this.focus('.life-now')
      } catch (error) {
        asked.error = view.fail(error).message
      }
    })
  }

  /** Runs it now; above its limit only once the numbers are confirmed. */
  async run(token: string | null = null): Promise<void> {
    const { view, host } = this
    await this.#busily('run', async () => {
      try {
        const waiting = token ? this.#waiting : null
        const result =
          token && waiting
            ? await view.client.confirm(waiting, token)
            : await view.client.run(this.address, token ? { confirm: token } : {})
        if (result.status === 'confirm') return await this.#askFor(result.preview, null)
        this.confirm = null
        const { mode, affected } = result.run
        view.did(this.address, 'run')
        await this.reload()
        host.tab = 'runs'
        view.say(host.t(mode === 'shadow' ? 'rules.ran.shadow' : 'rules.ran', { count: affected }))
        this.focus('.run-row')
      } catch (error) {
        const failed = view.fail(error)
        // The numbers have moved: they have to be looked at again.
        if (failed.code === 'RUN_TOKEN') this.confirm = null
      }
    })
  }

  /** Shows the numbers of a run that waits, as they are now. */
  async look({ id, at, version }: DeciderRun): Promise<void> {
    await this.#busily('look', async () => {
      try {
        await this.#askFor(await this.view.client.preview(this.address, { at, version, sample: 5 }), id)
      } catch (error) {
        this.view.fail(error)
      }
    })
  }

  async #askFor(preview: DeciderPreview, waiting: string | null): Promise<void> {
    const { people, teams, breaches } = preview
    await this.view.names.load({ people: ids(people), teams: [...ids(teams), ...breaches.flatMap(({ team }) => team ?? [])] })
    await this.#nameValues(preview)
    this.#waiting = waiting
    this.confirm = preview
  }

  /** A run that waits is not carried out. */
  async dismiss(run: string): Promise<void> {
    await this.#busily('undo', async () => {
      try {
        await this.view.client.dismiss(run)
        await this.reload()
        this.view.say(this.host.t('rules.dismissed'))
        this.focus(`[data-run="${run}"]`)
      } catch (error) {
        this.view.fail(error)
      }
    })
  }

  schedule(times: DraftTimes | null): void {
    this.scheduling = times
    this.host.requestUpdate()
  }

  async setSchedule(): Promise<void> {
    const { scheduling } = this
    if (!scheduling) return
    await this.#busily('step', async () => {
      try {
        await this.view.client.setSchedule(this.address, timesOf(scheduling))
        this.scheduling = null
        this.view.did(this.address, 'moved')
        await this.reload()
        this.view.say(this.host.t('rules.schedule.done'))
        this.focus('.life-now')
      } catch (error) {
        this.view.fail(error)
      }
    })
  }

  async undo(run: string): Promise<void> {
    const { view, host } = this
    await this.#busily('undo', async () => {
      try {
        const { undo } = await view.client.undo(run)
        this.undoing = null
        view.did(this.address, 'undone')
        await this.reload()
        const counts = { count: undo?.undone ?? 0, left: undo?.left ?? 0 }
        view.say(host.t(counts.left > 0 ? 'rules.undone.partly' : 'rules.undone', counts), 'undo')
        this.focus(`[data-run="${run}"]`)
      } catch (error) {
        view.fail(error)
      }
    })
  }

  async #busily(what: NonNullable<RulePage['busy']>, work: () => Promise<void>): Promise<void> {
    if (this.busy !== null) return
    this.busy = what
    this.host.requestUpdate()
    try {
      await work()
    } finally {
      this.busy = null
      this.host.requestUpdate()
    }
  }

  /** Moves the focus once what it goes to is drawn. */
  focus(selector: string): void {
    this.#focus = selector
    this.host.requestUpdate()
  }

  updated(): void {
    const { renderRoot } = this.host
    const dialog = renderRoot.querySelector<HTMLDialogElement>('dialog.ask')
    if (dialog && !dialog.open) {
      dialog.showModal()
      dialog.querySelector<HTMLElement>('[data-first]')?.focus()
    }
    if (this.#focus === null || dialog) return
    const target = renderRoot.querySelector<HTMLElement>(this.#focus)
    if (!target) return
    this.#focus = null
    target.focus()
    target.scrollIntoView({ block: 'nearest' })
  }
}

/** Records of a run that are named. */
const NAMED = 20

const ids = (shares: readonly { readonly id: string | null }[]): string[] => shares.flatMap(({ id }) => id ?? [])
