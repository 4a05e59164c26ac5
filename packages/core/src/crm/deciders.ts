import { type DeciderBody, limitsOf } from '../decider/body.ts'
import { rulesProblems } from '../decider/check-rules.ts'
import { saveBodyOf } from '../decider/check-save.ts'
import type {
  DeciderAdvance,
  DeciderProposal,
  DeciderStage,
  Deciders,
  DeciderVersion,
  DeciderView,
  NewDecider,
} from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import { getRecord, requireId } from '../read/get.ts'
import { listActions } from '../rule/actions.ts'
import { brokenBy } from '../rule/broken.ts'
import { explainSave } from '../rule/explain-save.ts'
import { replay } from '../rule/replay.ts'
import { compileSaved, requireSave, savedSource } from '../rule/try-save.ts'
import { whySaved } from '../rule/why-saved.ts'
import { authorise, inUnit, nowOf, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import { throwExplained } from '../scope/store-failure.ts'
import { UniqueViolation } from '../store/errors.ts'
import { stepRevision } from '../store/revision.ts'
import { backtest } from '../sweep/backtest.ts'
import { checkOf } from '../sweep/check.ts'
import { type CompiledDecider, compileDecider, type DeciderSource } from '../sweep/compile-decider.ts'
import { explainRecord } from '../sweep/explain-record.ts'
import { type Life, loadLife, loadLives, sourceOf, viewOf } from '../sweep/life.ts'
import { pageOfCases, previewDecider } from '../sweep/preview.ts'
import { requireInstant, runDecider } from '../sweep/run-decider.ts'
import { shown } from '../sweep/run-outcome.ts'
import { readRun, readRuns } from '../sweep/run-rows.ts'
import { addStep, addVersion } from '../sweep/step-rows.ts'
import { undoRun } from '../sweep/undo-run.ts'
import { whyOf } from '../sweep/why.ts'
import { keepActive } from '../tenant/active-rules.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import type { Locked } from '../write/locked-read.ts'

/** What would be done is also told of days to come. */
const latest = 8.64e15

/** Deciders as one actor sees and steers them. */
export function createDeciders(scope: Scope): Deciders {
  const { kernel, actor } = scope
  const system: Scope = { ...scope, privileged: true }
  const open = <T>(answer: Promise<T>): Promise<T> => (scope.unit ? answer : answer.catch((error: unknown) => throwExplained(error)))
  const inTenant = <T>(work: (tenant: Tenant) => Promise<T>): Promise<T> => open(withTenant(kernel.tenants, scope, work))
  const compiled = (tenant: Tenant, source: DeciderSource): CompiledDecider => compileDecider(system, tenant, runSource(source))
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

  return {
    list: () =>
      inTenant(async (tenant) => {
        const lives = (await loadLives(scope)).filter(({ current }) => mayDefine(scope, current.object))
        return lives.map((life) => viewOf(life, brokenBy(system, tenant, life)))
      }),
    get: (id) => inTenant(async (tenant) => viewIn(scope, tenant, await steered(id))),
    versions: (id) => open(steered(id).then(({ versions }) => versions)),
    history: (id) => open(steered(id).then(({ steps }) => steps)),
    create: (input) => inTenant((tenant) => create(scope, tenant, input)),
    propose: (id, proposal = {}) => inTenant(async (tenant) => propose(scope, tenant, await steered(id), proposal)),
    preview: (id, { version, at, sample } = {}) =>
      inTenant(async (tenant) => {
        const life = await tried(id)
        const now = nowOf(scope)
        return previewDecider(system, compiled(tenant, sourceOf(life, version)), requireInstant(at ?? now, now), now, sample)
      }),
    cases: (id, { version, at, after, limit = 50 } = {}) =>
      inTenant(async (tenant) => {
        const life = await tried(id)
        const now = nowOf(scope)
        const page = { after, limit: requireLimit(limit) }
        return pageOfCases(system, compiled(tenant, sourceOf(life, version)), requireInstant(at ?? now, now), page)
      }),
    backtest: (id, { version, against, days = 90, everyDays = 1, to } = {}) =>
      inTenant(async (tenant) => {
        const life = await tried(id)
        const next = sourceOf(life, version ?? life.versions[0]?.version)
        const other = against ?? (life.stage === 'on' || life.stage === 'pilot' ? life.current.version : undefined)
        const current = other === undefined || other === next.version ? null : compiled(tenant, sourceOf(life, other))
        const now = nowOf(scope)
        return backtest(system, compiled(tenant, next), current, { days, everyDays, to: requireInstant(to ?? now, now) })
      }),
    replay: (id, { version, saves = 1_000 } = {}) =>
      inTenant(async (tenant) => {
        const life = await tried(id)
        return replay(system, tenant, compileSaved(system, tenant, savedSource(life, version)), saves)
      }),
    actions: async (object) => listActions(kernel, object),
    advance: (id, step) => inTenant(async (tenant) => advance(scope, tenant, await steered(id), step)),
    rollback: (id, note) => inTenant(async (tenant) => rollback(scope, tenant, await steered(id), note)),
    run: (id, { at, confirm } = {}) =>
      inTenant(async (tenant) => {
        const life = await tried(id)
        const { stage } = life
        runSource(sourceOf(life))
        if (stage === 'draft' || stage === 'off') throw crmError('DECIDER_STAGE', { decider: life.id, stage })
        const mode = stage === 'shadow' ? 'shadow' : 'live'
        const now = nowOf(scope)
        return runDecider(system, compiled(tenant, sourceOf(life)), { at: requireInstant(at ?? now, now), mode, confirm })
      }),
    runs: ({ decider, limit = 50 } = {}) =>
      open(
        readRuns(sessionOf(scope), actor.tenant, decider, requireLimit(limit)).then((runs) =>
          runs.filter(({ object }) => mayDefine(scope, object)).map(shown),
        ),
      ),
    getRun: (id) => open(run(id).then(shown)),
    undo: (id) => inTenant(async (tenant) => undoRun(system, tenant, (await run(id)).id)),
    explain: (id, record, { version, at } = {}) =>
      inTenant(async (tenant) => {
        const life = await loadLife(scope, id)
        const found = (await getRecord(scope, life.current.object, record)) as unknown as Locked
        if (version !== undefined) authorise(scope, 'define', life.current.object)
        if (life.current.save) return explainSave(scope, tenant, compileSaved(system, tenant, savedSource(life, version)), found)
        return explainRecord(
          scope,
          compiled(tenant, sourceOf(life, version)),
          life.stage,
          found,
          requireInstant(at ?? nowOf(scope), latest),
        )
      }),
    why: (object, record) =>
      inTenant(async (tenant) => {
        const { id } = (await getRecord(scope, object, record)) as unknown as Locked
        const all = [...(await whyOf(scope, tenant, object, id)), ...(await whySaved(scope, tenant, object, id))]
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

/** A decider of the tenant's own: its author's rights decide what its expressions may look at and what it may set. */
async function create(scope: Scope, tenant: Tenant, { name, object, label, rules, save, limits, note }: NewDecider): Promise<DeciderView> {
  const id = `admin.${name}`
  authorise(scope, 'define', object)
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]{0,62}$/.test(name))
    throw crmError('PARAMETER_INVALID', { name: 'name', reason: 'lower-case letters, digits and hyphens' }, { path: '/name' })
  if (!label?.['zh-CN'] || !label.en)
    throw crmError('PARAMETER_INVALID', { name: 'label', reason: 'words in both languages' }, { path: '/label' })
  const what = save ? { rules: [], save: saveBodyOf(save) } : { rules: rules ?? [] }
  const body: DeciderBody = { object, label, ...what, settings: {}, blast: limitsOf(limits?.blast ?? {}) }
  requireBody(scope, tenant, id, body)
  await keepVersion(scope, id, { ...body, version: 1, at: nowOf(scope), by: scope.actor.id, note: note ?? null })
  return viewIn(scope, tenant, await loadLife(scope, id))
}

/** What is proposed by people is checked with their rights; what the code says, with the system's. */
async function propose(scope: Scope, tenant: Tenant, life: Life, { rules, save, limits, note }: DeciderProposal): Promise<DeciderVersion> {
  const from = rules || save || !life.code ? life.current : life.code
  if (from.save ? rules : save)
    throw crmError('DECIDER_KIND', { decider: life.id, kind: from.save?.kind ?? 'condition' }, { path: '/rules' })
  const { object, label, settings, blast } = from
  const body: DeciderBody = {
    object,
    label,
    settings,
    rules: rules ?? from.rules,
    ...(from.save && { save: save ? saveBodyOf(save) : from.save }),
    blast: limits?.blast ? limitsOf({ ...blast, ...limits.blast }) : blast,
  }
  requireBody(rules || save ? scope : { ...scope, privileged: true }, tenant, life.id, body)
  const newest = life.versions[0]?.version ?? 0
  const version: DeciderVersion = { ...body, version: newest + 1, at: nowOf(scope), by: scope.actor.id, note: note ?? null }
  await inUnit(scope, async (unit) => {
    await keepFirst(unit, life)
    await keepVersion(unit, life.id, version)
  })
  return version
}

/** What runs; refuses what acts on save. */
function runSource(source: DeciderSource): DeciderSource {
  const { save } = source.body
  if (save) throw crmError('DECIDER_KIND', { decider: source.id, kind: save.kind })
  return source
}

function viewIn(scope: Scope, tenant: Tenant, life: Life): DeciderView {
  return viewOf(life, brokenBy({ ...scope, privileged: true }, tenant, life))
}

function requireBody(scope: Scope, tenant: Tenant, id: string, body: DeciderBody): void {
  const { save } = body
  if (save) requireSave(scope, tenant, { id, version: 0, body: { ...body, save }, stage: 'draft' })
  else requireRun(scope, tenant, id, body)
}

function requireRun(scope: Scope, tenant: Tenant, id: string, body: DeciderBody): void {
  const [problem] = rulesProblems(body.rules, body.blast)
  if (problem !== undefined) throw crmError('DECIDER_INVALID', { decider: id, reason: problem }, { path: '/rules' })
  compileDecider(scope, tenant, { id, version: 0, body })
}

async function keepVersion(scope: Scope, id: string, version: DeciderVersion): Promise<void> {
  try {
    await addVersion(sessionOf(scope), scope.actor.tenant, id, version)
  } catch (error) {
    if (error instanceof UniqueViolation) throw crmError(version.version === 1 ? 'DECIDER_TAKEN' : 'CONFLICT', { decider: id })
    throw error
  }
}

/** What only the code knew so far becomes the first version. */
async function keepFirst(unit: UnitScope, { id, isKept, versions }: Life): Promise<void> {
  const [first] = versions
  if (!isKept && first) await keepVersion(unit, id, { ...first, at: unit.unit.now })
}

const stages = new Set(['shadow', 'pilot', 'on', 'off'])

async function advance(scope: Scope, tenant: Tenant, life: Life, { to, version, pilot, note }: DeciderAdvance): Promise<DeciderView> {
  if (!stages.has(to)) throw crmError('PARAMETER_INVALID', { name: 'to', reason: [...stages].join(', ') }, { path: '/to' })
  if ((to === 'pilot') !== (pilot !== undefined && pilot !== null))
    throw crmError('PARAMETER_INVALID', { name: 'pilot', reason: 'a condition that narrows a pilot, and nothing else' }, { path: '/pilot' })
  const wanted = version ?? (to === 'off' ? life.current.version : life.versions[0]?.version)
  const source = sourceOf(life, wanted)
  if (to === 'pilot') checkOf(scope, tenant, source.body.object, source.body.save ? 'save' : 'run').condition(pilot, '/pilot')
  if (to !== 'off') requireReady(scope, tenant, { ...source, pilot }, to)
  return move(scope, tenant, life, { stage: to, version: source.version, pilot: pilot ?? null, note: note ?? null })
}

/** What is to count must be right as the tenant is now; what acts on save, also for whoever switches it on. */
function requireReady(scope: Scope, tenant: Tenant, source: DeciderSource, stage: DeciderStage): void {
  const { save } = source.body
  if (save) requireSave(scope, tenant, { ...source, body: { ...source.body, save }, stage })
  else compileDecider({ ...scope, privileged: true }, tenant, source)
}

/** One step back: what counted before the last step counts again, as a step of its own. */
async function rollback(scope: Scope, tenant: Tenant, life: Life, note: string | undefined): Promise<DeciderView> {
  const [, before] = life.steps
  if (life.steps.length === 0) throw crmError('DECIDER_STAGE', { decider: life.id, stage: life.stage })
  if (!before) return move(scope, tenant, life, { stage: 'off', version: life.current.version, pilot: null, note: note ?? null })
  if (before.stage !== 'off') requireReady(scope, tenant, { ...sourceOf(life, before.version), pilot: before.pilot }, before.stage)
  return move(scope, tenant, life, { ...before, note: note ?? null })
}

async function move(
  scope: Scope,
  tenant: Tenant,
  life: Life,
  step: Pick<Life['steps'][number], 'stage' | 'version' | 'pilot' | 'note'>,
): Promise<DeciderView> {
  try {
    await inUnit(scope, async (unit) => {
      const { session, now } = unit.unit
      await keepFirst(unit, life)
      await addStep(session, scope.actor.tenant, life.id, life.steps.length + 1, { ...step, at: now, by: scope.actor.id })
      const body = life.versions.find(({ version }) => version === step.version) ?? life.current
      const { save, object } = body
      if (save) await keepActive(session, scope.actor.tenant, { id: life.id, object, ...step, body: { ...body, save } })
      await stepRevision(session, scope.actor.tenant, now)
    })
  } catch (error) {
    // Somebody else has moved it in this very moment.
    if (error instanceof UniqueViolation) throw crmError('CONFLICT', {}, { path: '/to', cause: error })
    throw error
  }
  const known = scope.unit ? tenant : await scope.kernel.tenants.reload(scope)
  return viewIn(scope, known, await loadLife(scope, life.id))
}
