import type {
  Backtest,
  DeciderAction,
  DeciderAdvance,
  DeciderAnswer,
  DeciderCases,
  DeciderDecision,
  DeciderPreview,
  DeciderProposal,
  DeciderRun,
  DeciderRunQuery,
  DeciderRunResult,
  DeciderStep,
  DeciderVersion,
  DeciderView,
  NewDecider,
  Replay,
  ScheduleTimes,
} from '@guanxi/core/types'
import type { Client } from './client.ts'

type Numbers = Readonly<Record<string, number | undefined>>

/** The routes of deciders: try, switch on, ask why, take back. */
export class DeciderClient {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  async list(signal?: AbortSignal): Promise<readonly DeciderView[]> {
    return (await this.#client.send<{ deciders: DeciderView[] }>('GET', 'deciders', { signal })).deciders
  }

  get(id: string, signal?: AbortSignal): Promise<DeciderView> {
    return this.#client.send('GET', pathOf(id), { signal })
  }

  create(decider: NewDecider): Promise<DeciderView> {
    return this.#client.send('POST', 'deciders', { body: decider })
  }

  async versions(id: string, signal?: AbortSignal): Promise<readonly DeciderVersion[]> {
    return (await this.#client.send<{ versions: DeciderVersion[] }>('GET', `${pathOf(id)}/versions`, { signal })).versions
  }

  async history(id: string, signal?: AbortSignal): Promise<readonly DeciderStep[]> {
    return (await this.#client.send<{ steps: DeciderStep[] }>('GET', `${pathOf(id)}/history`, { signal })).steps
  }

  propose(id: string, proposal: DeciderProposal = {}): Promise<DeciderVersion> {
    return this.#client.send('POST', `${pathOf(id)}/versions`, { body: proposal })
  }

  preview(
    id: string,
    query: { readonly version?: number; readonly at?: number; readonly sample?: number } = {},
    signal?: AbortSignal,
  ): Promise<DeciderPreview> {
    return this.#client.send('GET', `${pathOf(id)}/preview`, { query: texts(query), signal })
  }

  cases(
    id: string,
    query: { readonly version?: number; readonly at?: number; readonly after?: string; readonly limit?: number } = {},
    signal?: AbortSignal,
  ): Promise<DeciderCases> {
    const { after, ...numbers } = query
    return this.#client.send('GET', `${pathOf(id)}/cases`, { query: { after, ...texts(numbers) }, signal })
  }

  backtest(
    id: string,
    query: {
      readonly version?: number
      readonly against?: number
      readonly days?: number
      readonly everyDays?: number
      readonly to?: number
    } = {},
    signal?: AbortSignal,
  ): Promise<Backtest> {
    return this.#client.send('GET', `${pathOf(id)}/backtest`, { query: texts(query), signal })
  }

  /** Of one that acts on save: what it would have done to the saves that have been. */
  replay(id: string, query: { readonly version?: number; readonly saves?: number } = {}, signal?: AbortSignal): Promise<Replay> {
    return this.#client.send('GET', `${pathOf(id)}/replay`, { query: texts(query), signal })
  }

  /** What rules on save can do, for all objects or for one. */
  async actions(object?: string, signal?: AbortSignal): Promise<readonly DeciderAction[]> {
    return (await this.#client.send<{ actions: DeciderAction[] }>('GET', 'rule-actions', { query: { object }, signal })).actions
  }

  advance(id: string, step: DeciderAdvance): Promise<DeciderView> {
    return this.#client.send('POST', `${pathOf(id)}/stage`, { body: step })
  }

  /** Sets when it runs by itself; null = by hand only. */
  setSchedule(id: string, times: ScheduleTimes | null, note?: string): Promise<DeciderView> {
    return this.#client.send('POST', `${pathOf(id)}/schedule`, { body: { times, note } })
  }

  rollback(id: string, note?: string): Promise<DeciderView> {
    return this.#client.send('POST', `${pathOf(id)}/rollback`, { body: { note } })
  }

  /** Asks for a run; with `confirm`, the token of a preview, it may go beyond its limits. */
  run(id: string, options: { readonly at?: number; readonly confirm?: string; readonly wait?: boolean } = {}): Promise<DeciderRunResult> {
    return this.#client.send('POST', `${pathOf(id)}/run`, { body: options })
  }

  async runs(query: DeciderRunQuery = {}, signal?: AbortSignal): Promise<readonly DeciderRun[]> {
    const { decider, status, limit } = query
    const { runs } = await this.#client.send<{ runs: DeciderRun[] }>('GET', 'decider-runs', {
      query: { decider, status, ...texts({ limit }) },
      signal,
    })
    return runs
  }

  getRun(run: string, signal?: AbortSignal): Promise<DeciderRun> {
    return this.#client.send('GET', `decider-runs/${encodeURIComponent(run)}`, { signal })
  }

  /** Carries out a run that waits, with the token of a preview for its instant. */
  confirm(run: string, token: string): Promise<DeciderRunResult> {
    return this.#client.send('POST', `decider-runs/${encodeURIComponent(run)}/confirm`, { body: { token } })
  }

  dismiss(run: string): Promise<DeciderRun> {
    return this.#client.send('POST', `decider-runs/${encodeURIComponent(run)}/dismiss`, { body: {} })
  }

  undo(run: string): Promise<DeciderRun> {
    return this.#client.send('POST', `decider-runs/${encodeURIComponent(run)}/undo`, { body: {} })
  }

  explain(
    id: string,
    record: string,
    query: { readonly version?: number; readonly at?: number } = {},
    signal?: AbortSignal,
  ): Promise<DeciderAnswer> {
    return this.#client.send('GET', `${pathOf(id)}/explain/${encodeURIComponent(record)}`, { query: texts(query), signal })
  }

  async why(object: string, record: string, signal?: AbortSignal): Promise<readonly DeciderDecision[]> {
    const path = `records/${object}/${encodeURIComponent(record)}/why`
    return (await this.#client.send<{ decisions: DeciderDecision[] }>('GET', path, { signal })).decisions
  }
}

const pathOf = (id: string): string => `deciders/${encodeURIComponent(id)}`

const texts = (query: Numbers): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, value?.toString()]))
