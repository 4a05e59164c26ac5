import type { DeciderPreview, DeciderRun } from '@guanxi/core/types'
import { namePreview } from './names-in-preview.ts'
import type { RulePage } from './rule-page.ts'

/** Records of a run that are named. */
export const NAMED = 20

/** Whoever had a hand in them. */
export const peopleOf = (runs: readonly DeciderRun[]): string[] =>
  runs.flatMap(({ by, undo, dismissed }) => [by, ...(undo ? [undo.by] : []), ...(dismissed ? [dismissed.by] : [])])

/** Records that are shown with them. */
export const recordsOf = (runs: readonly DeciderRun[]): string[] =>
  runs.flatMap(({ skipped, undo }) => [...skipped.cases, ...(undo?.kept ?? [])].slice(0, NAMED).map(({ id }) => id))

/** What a rule did, run by run: running it, confirming or dismissing what a limit has stopped, taking back. */
export class RuleRuns {
  list: readonly DeciderRun[] = []
  /** Numbers that have to be confirmed before a run goes on. */
  confirm: DeciderPreview | null = null
  /** The run about to be taken back. */
  undoing: string | null = null
  /** The run that waits for its numbers to be confirmed; null: it has just been asked for. */
  #waiting: string | null = null
  readonly #page: RulePage

  constructor(page: RulePage) {
    this.#page = page
  }

  /** Runs it now; above its limit only once the numbers are confirmed. */
  async run(token: string | null = null): Promise<void> {
    const { view, host, address } = this.#page
    await this.#page.busily('run', async () => {
      try {
        const waiting = token ? this.#waiting : null
        const result =
          token && waiting ? await view.client.confirm(waiting, token) : await view.client.run(address, token ? { confirm: token } : {})
        if (result.status === 'confirm') return await this.#askFor(result.preview, null)
        this.confirm = null
        const { mode, affected } = result.run
        view.did(address, 'run')
        await this.#page.reload()
        // Somebody may have gone on to another rule meanwhile.
        if (view.page === this.#page) host.tab = 'runs'
        view.say(host.t(mode === 'shadow' ? 'rules.ran.shadow' : 'rules.ran', { count: affected }))
        this.#page.focus('.run-row')
      } catch (error) {
        const failed = view.fail(error)
        // The numbers have moved: they have to be looked at again.
        if (failed.code === 'RUN_TOKEN') this.confirm = null
      }
    })
  }

  /** Shows the numbers of a run that waits, as they are now. */
  async look({ id, at, version }: DeciderRun): Promise<void> {
    const { view, address } = this.#page
    await this.#page.busily('look', async () => {
      try {
        await this.#askFor(await view.client.preview(address, { at, version, sample: 5 }), id)
      } catch (error) {
        view.fail(error)
      }
    })
  }

  async #askFor(preview: DeciderPreview, waiting: string | null): Promise<void> {
    await namePreview(this.#page.names, this.#page.object, preview)
    this.#waiting = waiting
    this.confirm = preview
  }

  /** A run that waits is not carried out. */
  async dismiss(run: string): Promise<void> {
    const { view, host } = this.#page
    await this.#page.busily('undo', async () => {
      try {
        await view.client.dismiss(run)
        await this.#page.reload()
        view.say(host.t('rules.dismissed'))
        this.#page.focus(`[data-run="${run}"]`)
      } catch (error) {
        view.fail(error)
      }
    })
  }

  async undo(run: string): Promise<void> {
    const { view, host, address } = this.#page
    await this.#page.busily('undo', async () => {
      try {
        const { undo } = await view.client.undo(run)
        this.undoing = null
        view.did(address, 'undone')
        await this.#page.reload()
        const counts = { count: undo?.undone ?? 0, left: undo?.left ?? 0 }
        view.say(host.t(counts.left > 0 ? 'rules.undone.partly' : 'rules.undone', counts), 'undo')
        this.#page.focus(`[data-run="${run}"]`)
      } catch (error) {
        view.fail(error)
      }
    })
  }
}
