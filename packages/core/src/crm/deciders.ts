import { backtestAllocation } from '../allocation/backtest.ts'
import { type CompiledAllocation, compileAllocation } from '../allocation/compile.ts'
import { explainAllocation } from '../allocation/explain.ts'
import { casesOfAllocation, previewAllocation } from '../allocation/preview.ts'
import { runAllocation } from '../allocation/run.ts'
import type { Deciders, DeciderView } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import { getRecord, requireId } from '../read/get.ts'
import { listActions } from '../rule/actions.ts'
import { explainSave } from '../rule/explain-save.ts'
import { replay } from '../rule/replay.ts'
import { compileSaved, savedSource } from '../rule/try-save.ts'
import { whySaved } from '../rule/why-saved.ts'
import { authorise, nowOf, type Scope, sessionOf } from '../scope/scope.ts'
import { throwExplained } from '../scope/store-failure.ts'
import { backtest } from '../sweep/backtest.ts'
import { type CompiledDecider, compileDecider, type DeciderSource } from '../sweep/compile-decider.ts'
import { dismissRun } from '../sweep/dismiss-run.ts'
import { explainRecord } from '../sweep/explain-record.ts'
import { type Life, livesById, loadLife, loadLives, sourceOf } from '../sweep/life.ts'
import { pageOfCases, previewDecider } from '../sweep/preview.ts'
import { type RunOrder, requireInstant, runDecider } from '../sweep/run-decider.ts'
import { shown } from '../sweep/run-outcome.ts'
import { readRun, readRuns } from '../sweep/run-rows.ts'
import { isLive } from '../sweep/timing.ts'
import { undoRun } from '../sweep/undo-run.ts'
import { whyOf } from '../sweep/why.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import type { Locked } from '../write/locked-read.ts'
import { noteBroken, viewsOf } from './broken-deciders.ts'
import { advance, create, propose, reschedule, rollback } from './decider-life.ts'

/** What would be done is also told of days to come. */
const latest = 8.64e15

/** Deciders as one actor sees and steers them. */
export function createDeciders(scope: Scope): Deciders {
  const { kernel, actor } = scope
  const system: Scope = { ...scope, privileged: true }
  const open = <T>(answer: Promise<T>): Promise<T> => (scope.unit ? answer : answer.catch((error: unknown) => throwExplained(error)))
  const inTenant = <T>(work: (tenant: Tenant) => Promise<T>): Promise<T> => open(withTenant(kernel.tenants, scope, work))
  const compiled = (tenant: Tenant, source: DeciderSource): CompiledDecider => compileDecider(system, tenant, runSource(source))
  const allocation = (tenant: Tenant, source: DeciderSource): CompiledAllocation => compileAllocation(system, tenant, source)
  /** A life that the actor may steer. */
  const steered = async (id: string): Promise<Life> => {
    const life = await loadLife(scope, id)
    authorise(scope, 'define', life.current.object)
    return life
  }
  /** A life whose records the actor may see, all of them: numbers and cases are of everybody's. */
  const tried = async (id: string): Promise<Life> => {
    const life = await steered(id)
    if (authorise(scope, 'read', life.current.object) !== 'all')
      throw crmError('FORBIDDEN', { action: 'read' }, { details: { action: 'read', object: life.current.object } })
    return life
  }
  const run = async (id: string) => {
    const found = await readRun(sessionOf(scope), actor.tenant, requireId(id))
    if (!found) throw crmError('NOT_FOUND')
    authorise(scope, 'define', found.object)
    return found
  }

  const carryOut = (tenant: Tenant, life: Life, order: Omit<RunOrder, 'mode'>) => {
    const { stage } = life
    runSource(sourceOf(life))
    if (!isLive(stage)) throw crmError('DECIDER_STAGE', { decider: life.id, stage })
    const source = sourceOf(life)
    const asked: RunOrder = { ...order, mode: stage === 'shadow' ? 'shadow' : 'live' }
    if (source.body.allocation) return runAllocation(system, allocation(tenant, source), asked)
    return runDecider(system, compiled(tenant, source), asked)
  }

  return {
    list: () =>
      inTenant(async (tenant) =>
        viewsOf(
          scope,
          tenant,
          (await loadLives(scope)).filter(({ current }) => mayDefine(scope, current.object)),
        ),
      ),
    get: (id) => inTenant(async (tenant) => (await viewsOf(scope, tenant, [await steered(id)]))[0] as DeciderView),
    noteBroken: () =>
      inTenant(async (tenant) =>
        noteBroken(
          scope,
          tenant,
          (await loadLives(scope)).filter(({ current }) => mayDefine(scope, current.object)),
        ),
      ),
    versions: (id) => open(steered(id).then(({ versions }) => versions)),
    history: (id) => open(steered(id).then(({ steps }) => steps)),
    create: (input) => inTenant((tenant) => create(scope, tenant, input)),
    propose: (id, proposal = {}) => inTenant(async (tenant) => propose(scope, tenant, await steered(id), proposal)),
    preview: (id, { version, at, sample } = {}) =>
      inTenant(async (tenant) => {
        const life = await tried(id)
        const source = sourceOf(life, version)
        const now = nowOf(scope)
        const instant = requireInstant(at ?? now, now)
        if (source.body.allocation) return previewAllocation(system, allocation(tenant, source), instant, now, sample)
        return previewDecider(system, compiled(tenant, source), instant, now, sample)
      }),
    cases: (id, { version, at, after, limit = 50 } = {}) =>
      inTenant(async (tenant) => {
        const life = await tried(id)
        const now = nowOf(scope)
        const page = { after, limit: requireLimit(limit) }
        const source = sourceOf(life, version)
        const instant = requireInstant(at ?? now, now)
        if (source.body.allocation) return casesOfAllocation(system, allocation(tenant, source), instant, page)
        return pageOfCases(system, compiled(tenant, source), instant, page)
      }),
    backtest: (id, { version, against: compared, days = 90, everyDays = 1, to } = {}) =>
      inTenant(async (tenant) => {
        const life = await tried(id)
        const next = sourceOf(life, version ?? life.versions[0]?.version)
        const other = compared ?? (life.stage === 'on' || life.stage === 'pilot' ? life.current.version : undefined)
        const against = other === undefined || other === next.version ? null : sourceOf(life, other)
        const now = nowOf(scope)
        const window = { days, everyDays, to: requireInstant(to ?? now, now) }
        if (next.body.allocation)
          return backtestAllocation(system, allocation(tenant, next), against && allocation(tenant, against), window)
        return backtest(system, compiled(tenant, next), against && compiled(tenant, against), window)
      }),
    replay: (id, { version, saves = 1_000 } = {}) =>
      inTenant(async (tenant) => {
        const life = await tried(id)
        return replay(system, tenant, compileSaved(system, tenant, savedSource(life, version)), saves)
      }),
    actions: async (object) => listActions(kernel, object),
    advance: (id, step) => inTenant(async (tenant) => advance(scope, tenant, await steered(id), step)),
    setSchedule: (id, times, note) => inTenant(async (tenant) => reschedule(scope, tenant, await steered(id), times, note)),
    rollback: (id, note) => inTenant(async (tenant) => rollback(scope, tenant, await steered(id), note)),
    run: (id, { at, confirm, wait = false } = {}) =>
      inTenant(async (tenant) => {
        const now = nowOf(scope)
        return carryOut(tenant, await tried(id), { at: requireInstant(at ?? now, now), confirm, wait })
      }),
    runs: (query = {}) =>
      open(
        readRuns(sessionOf(scope), actor.tenant, { ...query, limit: requireLimit(query.limit ?? 50) }).then((runs) =>
          runs.filter(({ object }) => mayDefine(scope, object)).map(shown),
        ),
      ),
    getRun: (id) => open(run(id).then(shown)),
    confirm: (id, token) =>
      inTenant(async (tenant) => {
        const { decider, at, status } = await run(id)
        if (status !== 'waiting') throw crmError('RUN_STATUS', { status })
        return carryOut(tenant, await tried(decider), { at, confirm: String(token), wait: true })
      }),
    dismiss: (id) => open(run(id).then(({ id: known }) => dismissRun(scope, known))),
    undo: (id) => inTenant(async (tenant) => undoRun(system, tenant, (await run(id)).id)),
    explain: (id, record, { version, at } = {}) =>
      inTenant(async (tenant) => {
        const life = await loadLife(scope, id)
        const found = (await getRecord(scope, life.current.object, record)) as unknown as Locked
        if (version !== undefined) authorise(scope, 'define', life.current.object)
        if (life.current.save) return explainSave(scope, tenant, compileSaved(system, tenant, savedSource(life, version)), found)
        const source = sourceOf(life, version)
        const instant = requireInstant(at ?? nowOf(scope), latest)
        if (!source.body.allocation) return explainRecord(scope, compiled(tenant, source), life.stage, found, instant)
        const showsOthers = scope.privileged || kernel.access.judge(actor, 'read', 'decisions').allowed
        return explainAllocation(system, allocation(tenant, source), life.stage, found, { at: instant, showsOthers })
      }),
    why: (object, record) =>
      inTenant(async (tenant) => {
        const { id } = (await getRecord(scope, object, record)) as unknown as Locked
        const lives = await livesById(scope)
        const all = [...(await whyOf(scope, tenant, lives, object, id)), ...(await whySaved(scope, tenant, lives, object, id))]
        return all.sort((a, b) => b.at - a.at)
      }),
  }
}

const mayDefine = ({ kernel, actor, privileged }: Scope, object: string): boolean =>
  privileged || kernel.access.judge(actor, 'define', object).allowed

function requireLimit(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= 200) return limit
  throw crmError('PARAMETER_INVALID', { name: 'limit', reason: 'it must be 1 to 200' }, { path: '/limit' })
}

/** What runs; refuses what acts on save. */
function runSource(source: DeciderSource): DeciderSource {
  const { save } = source.body
  if (save) throw crmError('DECIDER_KIND', { decider: source.id, kind: save.kind })
  return source
}
