import { bodyOf, type DeciderBody } from '../decider/body.ts'
import type { DeciderSchedule, DeciderStage, DeciderStep, DeciderVersion } from '../decider/deciders.ts'
import type { Decider } from '../decider/define-decider.ts'
import { crmError } from '../error/crm-error.ts'
import type { ScheduleTimes } from '../job/schedule.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { DeciderSource } from './compile-decider.ts'
import { readDeciders } from './step-rows.ts'

/** A decider with all that a tenant has done with it. */
export interface Life {
  readonly id: string
  /** Newest first, at least one. One that only the code knows is the first version, not kept yet. */
  readonly versions: readonly DeciderVersion[]
  readonly isKept: boolean
  /** Newest first. */
  readonly steps: readonly DeciderStep[]
  readonly stage: DeciderStage
  /** The version that counts. */
  readonly current: DeciderVersion
  readonly pilot: unknown
  readonly schedule: Pick<DeciderSchedule, 'times' | 'own'>
  readonly code: DeciderBody | null
  readonly codeTimes: ScheduleTimes | null
}

/** Everything about one decider; DECIDER_UNKNOWN where neither a plugin nor the tenant has it. */
export async function loadLife(scope: Scope, id: string): Promise<Life> {
  const code = scope.kernel.contributions.deciders.find((one) => one.id === id)
  const { versions, steps } = await readDeciders(sessionOf(scope), scope.actor.tenant, String(id).slice(0, 200))
  const life = lifeOf(id, code, versions.get(id) ?? [], steps.get(id) ?? [])
  if (life) return life
  throw crmError('DECIDER_UNKNOWN', { decider: String(id).slice(0, 100) })
}

/** Everything about all of them, by id. */
export async function loadLives(scope: Scope): Promise<readonly Life[]> {
  const { deciders } = scope.kernel.contributions
  const { versions, steps } = await readDeciders(sessionOf(scope), scope.actor.tenant)
  const ids = [...new Set([...deciders.map(({ id }) => id), ...versions.keys()])].sort()
  return ids.flatMap((id) => {
    const code = deciders.find((one) => one.id === id)
    return lifeOf(id, code, versions.get(id) ?? [], steps.get(id) ?? []) ?? []
  })
}

/** The same by their ids. */
export type Lives = ReadonlyMap<string, Life>

export async function livesById(scope: Scope): Promise<Lives> {
  return new Map((await loadLives(scope)).map((life) => [life.id, life]))
}

function lifeOf(id: string, made: Decider | undefined, kept: readonly DeciderVersion[], steps: readonly DeciderStep[]): Life | null {
  const code = made ? bodyOf(made) : null
  const versions = kept.length > 0 || !code ? kept : [{ ...code, version: 1, at: 0, by: 'code', note: null }]
  const [newest] = versions
  if (!newest) return null
  const [step] = steps
  const stage = step?.stage ?? 'draft'
  const current = step && stage !== 'draft' ? (versions.find(({ version }) => version === step.version) ?? newest) : newest
  const codeTimes = made?.schedule ?? null
  const schedule = step ? (step.schedule ?? { times: null, own: false }) : { times: codeTimes, own: false }
  return { id, versions, isKept: kept.length > 0, steps, stage, current, pilot: step?.pilot ?? null, schedule, code, codeTimes }
}

/** The version asked for, else the one that counts, as what is compiled. A pilot narrows the version that is in it only. */
export function sourceOf(life: Life, version?: number): DeciderSource {
  const body = version === undefined ? life.current : life.versions.find((one) => one.version === version)
  if (!body) throw crmError('DECIDER_VERSION', { decider: life.id, version: String(version).slice(0, 20) }, { path: '/version' })
  const isPiloted = life.stage === 'pilot' && body === life.current
  return { id: life.id, version: body.version, body, ...(isPiloted && { pilot: life.pilot }) }
}

/** Documents come back from a database with their keys in any order. */
export function isSame(a: DeciderBody, b: DeciderBody): boolean {
  const text = ({ object, label, rules, save, settings, blast, allocation = null }: DeciderBody): string =>
    JSON.stringify(sorted({ object, label, rules, save, settings, blast, allocation }))
  return text(a) === text(b)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  )
}
