import type { DeciderStep, DeciderVersion, DeciderView } from '@guanxi/core/types'
import type { Names } from '../client/names.ts'
import type { ObjectView } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import { LifeCycle } from './life-cycle.ts'
import { peopleOf, RuleRuns, recordsOf } from './rule-runs.ts'
import type { CrmRules, RulesTab } from './rules.ts'
import type { RulesView } from './rules-view.ts'
import { Trials } from './trials.ts'
import { Writing } from './writing.ts'

const tabs: readonly RulesTab[] = ['rule', 'backtest', 'runs', 'versions']

/** One rule: how it stands, and what is done on its page, one thing at a time. */
export class RulePage {
  readonly view: RulesView
  /** `new`, or its id. */
  readonly address: string
  decider: DeciderView | null = null
  versions: readonly DeciderVersion[] = []
  steps: readonly DeciderStep[] = []
  readonly writing: Writing
  readonly life: LifeCycle
  readonly trials: Trials
  readonly runs: RuleRuns
  busy: 'save' | 'step' | 'run' | 'undo' | 'look' | null = null
  readonly reading: LoadController
  #focus: string | null = null

  constructor(view: RulesView, address: string) {
    this.view = view
    this.address = address
    this.reading = new LoadController(view.host)
    this.writing = new Writing(this)
    this.life = new LifeCycle(this)
    this.trials = new Trials(this)
    this.runs = new RuleRuns(this)
  }

  get host(): CrmRules {
    return this.view.host
  }

  get names(): Names {
    return this.view.names
  }

  get isNew(): boolean {
    return this.address === 'new'
  }

  get tab(): RulesTab {
    return this.isNew ? 'rule' : (tabs.find((one) => one === this.host.tab) ?? 'rule')
  }

  get isOnSave(): boolean {
    return this.writing.isOnSave
  }

  get isDirty(): boolean {
    return this.writing.isDirty
  }

  get object(): ObjectView | undefined {
    return this.writing.object
  }

  get mayDefine(): boolean {
    return this.writing.mayDefine
  }

  get newest(): number {
    return this.versions[0]?.version ?? 0
  }

  async load(): Promise<void> {
    if (this.isNew) {
      await this.writing.restore()
      this.host.tell('crm-load', { rule: 'new' })
      return this.host.requestUpdate()
    }
    const done = await this.reading.run((signal) => this.#read(signal))
    if (this.reading.error) return void this.host.tell('crm-error', { error: this.reading.error })
    if (!done) return
    this.host.tell('crm-load', { rule: this.address })
    void this.trials.readPreview()
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
    await Promise.all([
      names.load({ people: [...[...versions, ...steps].map(({ by }) => by), ...peopleOf(runs)] }),
      names.loadValues(pairs),
      names.loadRecords(decider.object, recordsOf(runs)),
    ])
    Object.assign(this, { decider, versions, steps })
    this.runs.list = runs
    await this.writing.begin(id, versions[0])
  }

  /** Reads everything again after something was done. */
  async reload(): Promise<void> {
    await this.#read()
    await this.view.refresh()
    void this.trials.readPreview()
  }

  /** Does one thing at a time; what is asked for meanwhile is not done. */
  async busily(what: NonNullable<RulePage['busy']>, work: () => Promise<void>): Promise<void> {
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
