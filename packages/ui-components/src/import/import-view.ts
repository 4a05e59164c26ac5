import { html, nothing, type TemplateResult } from 'lit'
import { ClientError } from '../client/client-error.ts'
import { ImportClient } from '../client/import-client.ts'
import type { ImportJob, ImportMapping, NamedMapping } from '../client/import-types.ts'
import type { Me, ObjectView } from '../client/types.ts'
import { Announcer } from '../controllers/announcer.ts'
import { LoadController } from '../controllers/load.ts'
import { ToastController } from '../controllers/toast.ts'
import type { MessageKey, MessageParams } from '../messages/messages.ts'
import { renderFailure } from '../state/state-view.ts'
import { banner } from '../styles/banner.ts'
import { box } from '../styles/box.ts'
import { check } from '../styles/check.ts'
import { chip } from '../styles/chip.ts'
import { entry } from '../styles/entry.ts'
import { input } from '../styles/input.ts'
import { mark } from '../styles/mark.ts'
import { overlay } from '../styles/overlay.ts'
import { importStyles as ownStyles } from './import.styles.ts'
import type { CrmImport } from './import.ts'
import { renderJob } from './job.ts'
import { JobRun } from './job-run.ts'
import { renderMapping } from './mapping.ts'
import { en } from './messages/en.ts'
import { zhCN } from './messages/zh-CN.ts'
import { NamedObjects } from './named-objects.ts'
import { renderRehearsal } from './rehearsal.ts'
import { RehearsalRun } from './rehearsal-run.ts'
import { RowRepairs } from './row-repairs.ts'
import { Shown } from './shown.ts'
import type { Source } from './source.ts'
import { Sources } from './sources.ts'
import { renderAbsent, renderNoRight, renderStart } from './start.ts'
import { renderHead } from './steps.ts'
import { targetsFor } from './targets.ts'

export const importStyles = [box, check, input, entry, mark, chip, banner, overlay, ownStyles]
export const importMessages = { 'zh-CN': zhCN, en }

/** Where the reader is. */
export type Step = 'files' | 'mapping' | 'rehearsal' | 'job'

const RECENT = 8

/** What {@link CrmImport} shows once it is loaded: the steps, what is known at each, and the way between them. */
export class ImportView {
  readonly host: CrmImport
  readonly sources: Sources
  readonly rehearsal: RehearsalRun
  readonly job: JobRun
  readonly repairs: RowRepairs
  readonly shown: Shown
  readonly named: NamedObjects
  step: Step = 'files'
  targets: readonly ObjectView[] = []
  me: Me | null = null
  recent: readonly ImportJob[] = []
  saved: readonly NamedMapping[] = []
  /** Name under which the mapping would be kept; the file's unless typed. */
  shownName: string | null = null
  /** What could not be done, while everything is still there. */
  problem: ClientError | null = null
  isStarting = false
  readonly #load: LoadController
  readonly #toast: ToastController
  readonly #announcer: Announcer
  #absent = false

  constructor(host: CrmImport) {
    this.host = host
    const changed = (): void => host.requestUpdate()
    const client = (): ImportClient => this.client
    this.sources = new Sources(client, changed)
    this.rehearsal = new RehearsalRun(changed)
    this.job = new JobRun(client, changed, () => this.#finished())
    this.repairs = new RowRepairs(client, this.job, changed)
    this.shown = new Shown(changed)
    this.named = new NamedObjects(
      () => host.session,
      () => host.language,
      changed,
    )
    this.#load = new LoadController(host)
    this.#toast = new ToastController(host, () => host.t('close'))
    this.#announcer = new Announcer(host)
    this.connected()
  }

  get client(): ImportClient {
    return new ImportClient(this.host.session.client)
  }

  t(key: MessageKey, params?: MessageParams): string {
    return this.host.t(key, params)
  }

  connected(): void {
    window.addEventListener('beforeunload', this.#onBeforeUnload)
    this.job.resume()
  }

  disconnected(): void {
    window.removeEventListener('beforeunload', this.#onBeforeUnload)
    this.job.pause()
    this.rehearsal.stop()
  }

  /** Reads what may be imported into, and the job that is asked for. */
  async load(): Promise<void> {
    const { host } = this
    this.#absent = false
    const done = await this.#load.run(async (signal) => {
      const [me, objects] = await Promise.all([host.session.me(), host.session.client.objects(signal)])
      this.me = me
      this.targets = targetsFor(objects, me)
      await this.#readRecent(signal)
      if (host.job) await this.openJob(host.job)
      else this.step = this.step === 'job' ? 'files' : this.step
    })
    if (done) host.tell('crm-load', { object: host.object || null, job: host.job })
    else if (this.#load.error) host.tell('crm-error', { error: this.#load.error })
  }

  /** The host named another job, or none. */
  jobChanged(): void {
    const { job } = this.host
    if (job === this.job.id) return
    if (job) void this.openJob(job)
    else this.startOver()
  }

  /** The object that files are imported into; the host's own word counts. */
  target(name: string | null): ObjectView | null {
    return this.targets.find((one) => one.name === name) ?? null
  }

  get canImport(): boolean {
    return this.me?.permissions.import_job?.includes('create') ?? false
  }

  // Files

  addFiles(files: readonly File[]): void {
    if (files.length === 0 || !this.canImport || this.step === 'job') return
    this.step = 'files'
    this.problem = null
    const only = this.targets.length === 1 ? (this.targets[0]?.name ?? '') : ''
    void this.sources.add(files, this.targets, this.host.object || only).then(() => this.#onSent())
  }

  /** One file with nothing to choose goes straight on. */
  #onSent(): void {
    const [source, ...others] = this.sources.list
    this.say('import.sent', { count: this.sources.list.filter(({ uploaded }) => uploaded).length })
    if (this.step !== 'files' || !source || others.length > 0 || !this.host.object) return
    if (this.sources.areReady && (source.uploaded?.sheets.length ?? 0) < 2) void this.toMapping()
  }

  choose(source: Source, choice: Parameters<Source['choose']>[0]): void {
    source.choose(choice)
    if (this.step === 'mapping') void this.#readMapping()
  }

  addSheet(source: Source, sheet: string): void {
    this.sources.addSheet(source, sheet, this.targets, this.host.object)
  }

  // Mapping

  async toMapping(): Promise<void> {
    if (!this.sources.areReady) return
    this.rehearsal.stop()
    this.#go('mapping')
    await this.#readMapping()
    const count = this.sources.openQuestions
    if (this.step === 'mapping') this.say(count > 0 ? 'import.toDecide' : 'import.decided', { count })
  }

  select(source: Source): void {
    this.shownName = null
    this.sources.select(source)
    void this.#readSaved()
  }

  edit(source: Source, mapping: ImportMapping): void {
    this.sources.edit(source, mapping)
  }

  /** Keeps the mapping of a file for the next one of its kind. */
  async saveMapping(source: Source, name: string): Promise<void> {
    if (!source.mapping || name.trim() === '') return
    const { mapping } = source
    await this.#try(async () => {
      await this.client.saveMapping(name.trim(), mapping)
      await this.#readSaved()
      void this.#toast.show({ text: this.t('import.saved.done', { name: name.trim() }), seconds: 4 })
    })
  }

  async removeMapping(name: string): Promise<void> {
    await this.#try(async () => {
      await this.client.removeMapping(name)
      await this.#readSaved()
    })
  }

  // Rehearsal

  async rehearse(): Promise<void> {
    if (!this.sources.areMapped) return
    this.#go('rehearsal')
    if (!(await this.rehearsal.run(this.client, this.sources.fileMappings))) return
    const { created = 0, updated = 0, refused = 0 } = this.rehearsal.result ?? {}
    this.say('import.rehearsed', { created, updated, refused })
  }

  // Job

  /** Makes the job of the files and starts it. */
  async start(): Promise<void> {
    const files = this.sources.fileMappings
    const name = this.sources.list.map((source) => source.name).join(this.t('list.separator'))
    if (this.isStarting || !this.host.tell('crm-submit', { name, files }, true)) return
    this.isStarting = true
    await this.#try(async () => {
      const { job, repeated } = await this.client.start(name.slice(0, 200), files)
      await this.openJob(job.id)
      this.job.repeated = repeated && job.state === 'done'
      if (job.state !== 'done' && job.state !== 'running') await this.job.run()
    })
    this.isStarting = false
    this.host.requestUpdate()
  }

  /** Shows a job, whoever began it and whenever. */
  async openJob(id: string): Promise<void> {
    this.#setJob(id)
    this.repairs.clear()
    this.#go('job')
    await this.job.watch(id)
  }

  /** Sends the files again that the server has given up, and goes on. */
  async sendAgain(files: readonly File[]): Promise<void> {
    await this.#try(async () => {
      const sent = await Promise.all(files.map((file) => this.client.upload(file)))
      await this.job.run(sent.map(({ id, sheets: [sheet] }) => ({ file: id, ...(sheet !== undefined && { sheet }) })))
    })
  }

  async downloadBadRows(file: number, name: string, format: 'csv' | 'xlsx'): Promise<void> {
    const { id } = this.job
    if (!id) return
    await this.#try(async () => {
      const blob = await this.client.badRowsFile(id, file, format)
      const link = document.createElement('a')
      link.href = URL.createObjectURL(blob)
      link.download = `${name.replace(/\.\w+$/, '')}-${this.t('import.bad.file')}.${format}`
      link.click()
      URL.revokeObjectURL(link.href)
    })
  }

  /** Tries corrected rows again and tells what came of it. */
  async tryRows(rows?: Parameters<RowRepairs['try']>[0]): Promise<void> {
    const tried = rows?.length ?? this.repairs.editedCount
    const taken = await (rows ? this.repairs.try(rows) : this.repairs.tryEdited())
    if (!this.repairs.error) this.say('import.bad.tried', { taken, left: tried - taken })
  }

  /** Leaves the job, which goes on, and begins with other files. */
  startOver(): void {
    this.job.leave()
    this.repairs.clear()
    this.sources.clear()
    this.rehearsal.stop()
    this.problem = null
    this.#setJob(null)
    this.#go('files')
    void this.#readRecent().catch(() => undefined)
  }

  back(): void {
    this.rehearsal.stop()
    this.#go(this.step === 'rehearsal' ? 'mapping' : 'files')
  }

  say(key: MessageKey, params?: MessageParams): void {
    this.#announcer.say(this.t(key, params))
  }

  #go(step: Step): void {
    const moved = this.step !== step
    this.step = step
    this.problem = null
    this.host.requestUpdate()
    // The focus follows the page, or it would stand on a button that is gone.
    if (moved) void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>('.step-title')?.focus())
  }

  #setJob(id: string | null): void {
    if (this.host.job === id) return
    this.host.job = id
    this.host.tell('crm-job', { job: id })
  }

  #finished(): void {
    const { job, progress } = this.job.view ?? {}
    if (!job || !progress) return
    const { created, updated, refused, skipped: unchanged } = progress
    this.say(`import.state.${job.state}`)
    if (job.state === 'done') this.host.tell('crm-imported', { job: job.id, created, updated, unchanged, refused })
  }

  async #readMapping(): Promise<void> {
    await Promise.all([this.sources.read(), this.#readSaved()])
  }

  async #readSaved(): Promise<void> {
    const object = this.sources.active?.object
    this.saved = object ? await this.client.mappings(object).catch(() => []) : []
    this.host.requestUpdate()
  }

  async #readRecent(signal?: AbortSignal): Promise<void> {
    if (!this.canImport) return
    try {
      this.recent = await this.client.jobs(RECENT, signal)
    } catch (error) {
      this.#absent = error instanceof ClientError && error.status === 404
      if (!this.#absent) throw error
    }
    this.host.requestUpdate()
  }

  async #try(act: () => Promise<void>): Promise<void> {
    this.problem = null
    try {
      await act()
    } catch (error) {
      if (!(error instanceof ClientError)) throw error
      this.problem = error
      this.host.tell('crm-error', { error })
    }
    this.host.requestUpdate()
  }

  readonly #onBeforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.step === 'mapping' || this.step === 'rehearsal') event.preventDefault()
  }

  render(): TemplateResult {
    return html`${this.#renderState()}${this.#announcer.render()}${this.#toast.render()}`
  }

  #renderState(): TemplateResult | typeof nothing {
    const { error, state } = this.#load
    if (error) return html`<div class="gone">${renderFailure(this.host, error, () => this.load())}</div>`
    if (!this.me || (state === 'loading' && this.targets.length === 0)) return nothing
    if (this.#absent || !this.me.permissions.import_job) return renderAbsent(this)
    if (!this.canImport || (this.targets.length === 0 && this.step !== 'job')) return renderNoRight(this)
    return html`${renderHead(this)}${this.#renderStep()}`
  }

  #renderStep(): TemplateResult {
    switch (this.step) {
      case 'files':
        return renderStart(this)
      case 'mapping':
        return renderMapping(this)
      case 'rehearsal':
        return renderRehearsal(this)
      case 'job':
        return renderJob(this)
    }
  }
}
