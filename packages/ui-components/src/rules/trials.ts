import type { Backtest, DeciderPreview, Replay } from '@guanxi/core/types'
import { LoadController } from '../controllers/load.ts'
import { idsOf, namePreview } from './names-in-preview.ts'
import type { RulePage } from './rule-page.ts'

/** What a rule would do now, and what it would have done: nothing of it changes a record. */
export class Trials {
  preview: DeciderPreview | null = null
  backtest: Backtest | null = null
  /** Of a rule on save: what it would have done to the saves that have been. */
  replay: Replay | null = null
  window: { days: number; everyDays: number; against: number | null } = { days: 90, everyDays: 1, against: null }
  readonly previewing: LoadController
  /** Of the back-test and of the replay. */
  readonly backtesting: LoadController
  readonly #page: RulePage

  constructor(page: RulePage) {
    this.#page = page
    this.previewing = new LoadController(page.host)
    this.backtesting = new LoadController(page.host)
  }

  /** What the version at the head would do now. */
  async readPreview(): Promise<void> {
    const { isNew, decider, isOnSave, view, address, newest } = this.#page
    if (isNew || !decider || isOnSave) return
    await this.previewing.run(async (signal) => {
      const preview = await view.client.preview(address, { version: newest, sample: 5 }, signal)
      await namePreview(view.names, this.#page.object, preview)
      this.preview = preview
    })
  }

  async runBacktest(): Promise<void> {
    const { view, address, newest } = this.#page
    const { days, everyDays, against } = this.window
    const done = await this.backtesting.run(async (signal) => {
      const query = { version: newest, days, everyDays, ...(against !== null && { against }) }
      const result = await view.client.backtest(address, query, signal)
      await view.names.load({ people: idsOf(result.people), teams: idsOf(result.teams) })
      this.backtest = result
    })
    if (done) this.#page.focus('.bt-sum')
  }

  async runReplay(): Promise<void> {
    const { view, address, newest } = this.#page
    const done = await this.backtesting.run(async (signal) => {
      const replay = await view.client.replay(address, { version: newest }, signal)
      await view.names.load({ people: [...idsOf(replay.people), ...replay.sample.map(({ by }) => by)] })
      this.replay = replay
    })
    if (done) this.#page.focus('.bt-sum')
  }
}
