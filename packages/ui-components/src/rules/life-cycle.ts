import type { DeciderAdvance } from '@guanxi/core/types'
import { type DraftTimes, timesOf } from './draft-times.ts'
import type { RulePage } from './rule-page.ts'

/** A step that somebody is about to take. */
export interface AskedStep {
  readonly to: DeciderAdvance['to'] | 'back'
  pilot: Readonly<Record<string, unknown>>
  note: string
  error: string
}

/** The steps of a rule's life while somebody takes one, and the times at which it runs by itself. */
export class LifeCycle {
  asked: AskedStep | null = null
  /** When it is to run by itself, while somebody sets it. */
  scheduling: DraftTimes | null = null
  readonly #page: RulePage

  constructor(page: RulePage) {
    this.#page = page
  }

  ask(to: AskedStep['to'] | null): void {
    this.asked = to && { to, pilot: { and: [] }, note: '', error: '' }
    this.#page.host.requestUpdate()
  }

  async step(): Promise<void> {
    const page = this.#page
    const { host, view, address, newest } = page
    const { asked } = this
    if (!asked) return
    const { to, pilot, note } = asked
    if (to === 'pilot' && Array.isArray(pilot.and) && pilot.and.length === 0) {
      asked.error = host.t('rules.pilot.missing')
      return host.requestUpdate()
    }
    await page.busily('step', async () => {
      try {
        const said = note.trim() ? { note: note.trim() } : {}
        if (to === 'back') await view.client.rollback(address, said.note)
        else await view.client.advance(address, { to, version: newest, ...(to === 'pilot' && { pilot }), ...said })
        this.asked = null
        view.did(address, 'moved')
        await page.reload()
        view.say(host.t('rules.moved', { stage: host.t(`rules.stage.${page.decider?.stage ?? 'draft'}`) }))
        page.focus('.life-now')
      } catch (error) {
        asked.error = view.fail(error).message
      }
    })
  }

  schedule(times: DraftTimes | null): void {
    this.scheduling = times
    this.#page.host.requestUpdate()
  }

  async setSchedule(): Promise<void> {
    const page = this.#page
    const { host, view, address } = page
    const { scheduling } = this
    if (!scheduling) return
    await page.busily('step', async () => {
      try {
        await view.client.setSchedule(address, timesOf(scheduling))
        this.scheduling = null
        view.did(address, 'moved')
        await page.reload()
        view.say(host.t('rules.schedule.done'))
        page.focus('.life-now')
      } catch (error) {
        view.fail(error)
      }
    })
  }
}
