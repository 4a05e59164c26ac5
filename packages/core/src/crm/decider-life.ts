import { type DeciderBody, limitsOf } from '../decider/body.ts'
import { rulesProblems } from '../decider/check-rules.ts'
import type { DeciderAdvance, DeciderProposal, DeciderStep, DeciderVersion, DeciderView, NewDecider } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import type { ScheduleTimes } from '../job/schedule.ts'
import { authorise, inUnit, nowOf, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import { UniqueViolation } from '../store/errors.ts'
import { stepRevision } from '../store/revision.ts'
import { checkOf } from '../sweep/check.ts'
import { compileDecider } from '../sweep/compile-decider.ts'
import { setDue } from '../sweep/due.ts'
import { type Life, loadLife, sourceOf } from '../sweep/life.ts'
import { addStep, addVersion } from '../sweep/step-rows.ts'
import { requireTimes } from '../sweep/timing.ts'
import { viewOf } from '../sweep/view.ts'
import type { Tenant } from '../tenant/tenants.ts'

/** A decider of the tenant's own: its author's rights decide what its expressions may look at and what it may set. */
export async function create(
  scope: Scope,
  tenant: Tenant,
  { name, object, label, rules, limits, note, schedule }: NewDecider,
): Promise<DeciderView> {
  const id = `admin.${name}`
  authorise(scope, 'define', object)
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]{0,62}$/.test(name))
    throw crmError('PARAMETER_INVALID', { name: 'name', reason: 'lower-case letters, digits and hyphens' }, { path: '/name' })
  if (!label?.['zh-CN'] || !label.en)
    throw crmError('PARAMETER_INVALID', { name: 'label', reason: 'words in both languages' }, { path: '/label' })
  const body: DeciderBody = { object, label, rules, settings: {}, blast: limitsOf(limits?.blast ?? {}) }
  requireBody(scope, tenant, id, body)
  const times = requireTimes(schedule ?? null)
  await inUnit(scope, async (unit) => {
    const { session, now } = unit.unit
    const by = scope.actor.id
    await keepVersion(unit, id, { ...body, version: 1, at: now, by, note: note ?? null })
    const step: DeciderStep = { stage: 'draft', version: 1, pilot: null, schedule: { times, own: true }, at: now, by, note: null }
    if (times) await addStep(session, scope.actor.tenant, id, 1, step)
  })
  return viewOf(scope, tenant, await loadLife(scope, id))
}

/** What is proposed by people is checked with their rights; what the code says, with the system's. */
export async function propose(scope: Scope, tenant: Tenant, life: Life, { rules, limits, note }: DeciderProposal): Promise<DeciderVersion> {
  const from = rules || !life.code ? life.current : life.code
  const { object, label, settings, blast } = from
  const body: DeciderBody = {
    object,
    label,
    settings,
    rules: rules ?? from.rules,
    blast: limits?.blast ? limitsOf({ ...blast, ...limits.blast }) : blast,
  }
  requireBody(rules ? scope : { ...scope, privileged: true }, tenant, life.id, body)
  const newest = life.versions[0]?.version ?? 0
  const version: DeciderVersion = { ...body, version: newest + 1, at: nowOf(scope), by: scope.actor.id, note: note ?? null }
  await inUnit(scope, async (unit) => {
    await keepFirst(unit, life)
    await keepVersion(unit, life.id, version)
  })
  return version
}

function requireBody(scope: Scope, tenant: Tenant, id: string, body: DeciderBody): void {
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
  if (to === 'pilot') checkOf(scope, tenant, source.body.object).condition(pilot, '/pilot')
  if (to !== 'off') compileDecider({ ...scope, privileged: true }, tenant, { ...source, pilot })
  const times = schedule === undefined ? keptSchedule(life) : { times: requireTimes(schedule), own: true }
  return move(scope, tenant, life, { stage: to, version: source.version, pilot: pilot ?? null, schedule: times, note: note ?? null })
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
    compileDecider({ ...scope, privileged: true }, tenant, { ...sourceOf(life, before.version), pilot: before.pilot })
  return move(scope, tenant, life, { ...before, ...shared })
}

async function move(scope: Scope, tenant: Tenant, life: Life, step: Omit<DeciderStep, 'at' | 'by'>): Promise<DeciderView> {
  const { stage, version, pilot, schedule, note } = step
  try {
    await inUnit(scope, async (unit) => {
      const { session, now } = unit.unit
      await keepFirst(unit, life)
      const next: DeciderStep = { stage, version, pilot, schedule, note, at: now, by: scope.actor.id }
      await addStep(session, scope.actor.tenant, life.id, life.steps.length + 1, next)
      await setDue(unit, tenant, life.id, stage, schedule?.times ?? null)
      await stepRevision(session, scope.actor.tenant, now)
    })
  } catch (error) {
    // Somebody else has moved it in this very moment.
    if (error instanceof UniqueViolation) throw crmError('CONFLICT', {}, { path: '/to', cause: error })
    throw error
  }
  if (!scope.unit) await scope.kernel.tenants.reload(scope)
  return viewOf(scope, tenant, await loadLife(scope, life.id))
}
