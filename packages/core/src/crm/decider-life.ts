import { compileAllocation } from '../allocation/compile.ts'
import { type DeciderBody, limitsOf } from '../decider/body.ts'
import { blastProblems, rulesProblems } from '../decider/check-rules.ts'
import { saveBodyOf } from '../decider/check-save.ts'
import type { DeciderAdvance, DeciderProposal, DeciderStep, DeciderVersion, DeciderView, NewDecider } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import type { ScheduleTimes } from '../job/schedule.ts'
import { requireSave } from '../rule/try-save.ts'
import { authorise, inUnit, nowOf, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import { UniqueViolation } from '../store/errors.ts'
import { stepRevision } from '../store/revision.ts'
import { checkOf } from '../sweep/check.ts'
import { compileDecider, type DeciderSource } from '../sweep/compile-decider.ts'
import { setDue } from '../sweep/due.ts'
import { type Life, loadLife, sourceOf } from '../sweep/life.ts'
import { addStep, addVersion } from '../sweep/step-rows.ts'
import { requireTimes } from '../sweep/timing.ts'
import { viewOf } from '../sweep/view.ts'
import { keepActive } from '../tenant/active-rules.ts'
import type { Tenant } from '../tenant/tenants.ts'

/** A decider of the tenant's own: its author's rights decide what its expressions may look at and what it may set. */
export async function create(
  scope: Scope,
  tenant: Tenant,
  { name, object, label, rules, save, limits, note, schedule }: NewDecider,
): Promise<DeciderView> {
  const id = `admin.${name}`
  authorise(scope, 'define', object)
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]{0,62}$/.test(name))
    throw crmError('PARAMETER_INVALID', { name: 'name', reason: 'lower-case letters, digits and hyphens' }, { path: '/name' })
  if (!label?.['zh-CN'] || !label.en)
    throw crmError('PARAMETER_INVALID', { name: 'label', reason: 'words in both languages' }, { path: '/label' })
  const what = save ? { rules: [], save: saveBodyOf(save) } : { rules: rules ?? [] }
  const body: DeciderBody = { object, label, ...what, settings: {}, blast: limitsOf(limits?.blast ?? {}) }
  requireBody(scope, tenant, id, body)
  const times = requireTimes(schedule ?? null)
  const life = await inUnit(scope, async (unit) => {
    const { session, now } = unit.unit
    const by = scope.actor.id
    await keepVersion(unit, id, { ...body, version: 1, at: now, by, note: note ?? null })
    const step: DeciderStep = { stage: 'draft', version: 1, pilot: null, schedule: { times, own: true }, at: now, by, note: null }
    if (times) await addStep(session, scope.actor.tenant, id, 1, step)
    return loadLife(unit, id)
  })
  return viewOf(scope, tenant, life)
}

/** What is proposed by people is checked with their rights; what the code says, with the system's. */
export async function propose(
  scope: Scope,
  tenant: Tenant,
  life: Life,
  { rules, save, subjects, limits, note }: DeciderProposal,
): Promise<DeciderVersion> {
  const from = rules || save || subjects !== undefined || !life.code ? life.current : life.code
  const { object, label, settings, blast, allocation = null } = from
  const kind = from.save?.kind ?? (allocation ? 'allocation' : 'condition')
  if ((from.save || allocation ? rules : save) || (from.save ? subjects !== undefined : save) || (!allocation && subjects !== undefined))
    throw crmError('DECIDER_KIND', { decider: life.id, kind }, { path: '/rules' })
  const body: DeciderBody = {
    object,
    label,
    settings,
    rules: rules ?? from.rules,
    allocation: allocation && { ...allocation, subjects: subjects ?? allocation.subjects },
    ...(from.save && { save: save ? saveBodyOf(save) : from.save }),
    blast: limits?.blast ? limitsOf({ ...blast, ...limits.blast }) : blast,
  }
  requireBody(rules || save || subjects !== undefined ? scope : { ...scope, privileged: true }, tenant, life.id, body)
  const newest = life.versions[0]?.version ?? 0
  const version: DeciderVersion = { ...body, version: newest + 1, at: nowOf(scope), by: scope.actor.id, note: note ?? null }
  await inUnit(scope, async (unit) => {
    await keepFirst(unit, life)
    await keepVersion(unit, life.id, version)
  })
  return version
}

function requireBody(scope: Scope, tenant: Tenant, id: string, body: DeciderBody): void {
  const { save } = body
  if (save) requireSave(scope, tenant, { id, version: 0, body: { ...body, save }, stage: 'draft' })
  else requireRun(scope, tenant, id, body)
}

function requireRun(scope: Scope, tenant: Tenant, id: string, body: DeciderBody): void {
  const [problem] = body.allocation ? blastProblems(body.blast) : rulesProblems(body.rules, body.blast)
  if (problem !== undefined) throw crmError('DECIDER_INVALID', { decider: id, reason: problem }, { path: '/rules' })
  compileAny(scope, tenant, { id, version: 0, body })
}

/** Throws what is wrong with a version in this tenant. */
function compileAny(scope: Scope, tenant: Tenant, source: DeciderSource): void {
  if (source.body.allocation) compileAllocation(scope, tenant, source)
  else compileDecider(scope, tenant, source)
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

export async function advance(
  scope: Scope,
  tenant: Tenant,
  life: Life,
  { to, version, pilot, schedule, note }: DeciderAdvance,
): Promise<DeciderView> {
  if (!stages.has(to)) throw crmError('PARAMETER_INVALID', { name: 'to', reason: [...stages].join(', ') }, { path: '/to' })
  if ((to === 'pilot') !== (pilot !== undefined && pilot !== null))
    throw crmError('PARAMETER_INVALID', { name: 'pilot', reason: 'a condition that narrows a pilot, and nothing else' }, { path: '/pilot' })
  const wanted = version ?? (to === 'off' ? life.current.version : life.versions[0]?.version)
  const source = sourceOf(life, wanted)
  if (to === 'pilot') checkOf(scope, tenant, source.body.object, source.body.save ? 'save' : 'run').condition(pilot, '/pilot')
  if (to !== 'off') requireReady(scope, tenant, { ...source, pilot }, to)
  const times = schedule === undefined ? keptSchedule(life) : { times: requireTimes(schedule), own: true }
  return move(scope, tenant, life, { stage: to, version: source.version, pilot: pilot ?? null, schedule: times, note: note ?? null })
}

/** What is to count must be right as the tenant is now; what acts on save, also for whoever switches it on. */
function requireReady(scope: Scope, tenant: Tenant, source: DeciderSource, stage: DeciderStep['stage']): void {
  const { save } = source.body
  if (save) requireSave(scope, tenant, { ...source, body: { ...source.body, save }, stage })
  else compileAny({ ...scope, privileged: true }, tenant, source)
}

/** What admins have set stays; else it is what the code says now. */
const keptSchedule = ({ schedule, codeTimes }: Life): Life['schedule'] => (schedule.own ? schedule : { times: codeTimes, own: false })

/** Only when it runs changes. */
export function reschedule(scope: Scope, tenant: Tenant, life: Life, times: ScheduleTimes | null, note: string | undefined) {
  const { stage, current, pilot } = life
  const schedule = { times: requireTimes(times), own: true }
  return move(scope, tenant, life, { stage, version: current.version, pilot, schedule, note: note ?? null })
}

/** One step back: what counted before the last step counts again, as a step of its own. */
export async function rollback(scope: Scope, tenant: Tenant, life: Life, note: string | undefined): Promise<DeciderView> {
  const [, before] = life.steps
  if (life.steps.length === 0) throw crmError('DECIDER_STAGE', { decider: life.id, stage: life.stage })
  const shared = { note: note ?? null }
  if (!before) return move(scope, tenant, life, { ...life, stage: 'off', version: life.current.version, ...shared })
  if (before.stage !== 'off' && before.stage !== 'draft')
    requireReady(scope, tenant, { ...sourceOf(life, before.version), pilot: before.pilot }, before.stage)
  return move(scope, tenant, life, { ...before, ...shared })
}

async function move(scope: Scope, tenant: Tenant, life: Life, step: Omit<DeciderStep, 'at' | 'by'>): Promise<DeciderView> {
  const { stage, version, pilot, schedule, note } = step
  const moved = await inUnit(scope, async (unit) => {
    const { session, now } = unit.unit
    await keepFirst(unit, life)
    const next: DeciderStep = { stage, version, pilot, schedule, note, at: now, by: scope.actor.id }
    await addStep(session, scope.actor.tenant, life.id, life.steps.length + 1, next)
    await setDue(unit, tenant, life.id, stage, schedule?.times ?? null)
    await keepRule(unit, life, step)
    await stepRevision(session, scope.actor.tenant, now)
    return loadLife(unit, life.id)
  }).catch((error: unknown) => {
    // Somebody else has moved it in this very moment.
    if (error instanceof UniqueViolation) throw crmError('CONFLICT', {}, { path: '/to', cause: error })
    throw error
  })
  // It is saved by now: who cannot read it back at once reads it at the next call.
  const known = scope.unit ? tenant : await scope.kernel.tenants.reload(scope).catch(() => tenant)
  return viewOf(scope, known, moved)
}

/** What saves are to know of it from now on, where it acts on them. */
async function keepRule({ unit, actor }: UnitScope, { id, versions, current }: Life, step: Omit<DeciderStep, 'at' | 'by'>): Promise<void> {
  const body = versions.find(({ version }) => version === step.version) ?? current
  const { save, object } = body
  const { stage, version, pilot } = step
  if (save) await keepActive(unit.session, actor.tenant, { id, object, stage, version, pilot, body: { ...body, save } })
}
