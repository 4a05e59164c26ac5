import type { Person } from '../directory/directory.ts'
import { crmError } from '../error/crm-error.ts'
import { authorise, inUnit, nowOf, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import { rowsOfChanges, settingLimits } from '../settings/check-changes.ts'
import type { Resolved, SettingSubject } from '../settings/resolved.ts'
import { readSettingHistory, readSettingRows, writeSettingRows } from '../settings/rows.ts'
import type { Setting } from '../settings/setting.ts'
import type { SettingChange, SettingEffect, SettingQuestion, Settings, SettingsReader } from '../settings/settings.ts'
import type { SettingRow, SettingsSnapshot } from '../settings/snapshot.ts'
import { knownOf, loadSubjects, subjectOf } from '../settings/subject.ts'
import { readRevision, stepRevision } from '../store/revision.ts'
import { moveDue } from '../sweep/due.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { authoriseChanges, authoriseReading, authoriseReadingOf, peopleInSight, settingRights, settingsObject } from './setting-rights.ts'

/** Settings for code inside a write: as the tenant is known; the write's own revision guard makes sure that is still right. */
export function createSettingsReader(scope: Scope): SettingsReader {
  return {
    get: async (setting, question = {}) => {
      const cached = scope.kernel.tenants.get(scope)
      const { settings, subjects } = cached instanceof Promise ? await cached : cached
      const subject = subjectOf(scope, subjects, question)
      return settings.value(known(scope, setting), subject instanceof Promise ? await subject : subject)
    },
    explain: async (setting, question = {}) => {
      const tenant = await scope.kernel.tenants.get(scope)
      return tenant.settings.explain(known(scope, setting), await subjectOf(scope, tenant.subjects, question))
    },
  }
}

/** The settings as one actor reads and changes them. Each call asks for the tenant's revision first. */
export function createSettings(scope: Scope): Settings {
  const { settings: catalogue } = scope.kernel
  const asked = async <T>(question: SettingQuestion, answer: (tenant: Tenant, subject: SettingSubject) => T): Promise<T> => {
    const tenant = await freshTenant(scope)
    await authoriseReading(scope, tenant, question)
    return answer(tenant, await subjectOf(scope, tenant.subjects, question))
  }
  return {
    definitions: () => catalogue.views,
    get: (setting, question = {}) => asked(question, (tenant, subject) => tenant.settings.value(known(scope, setting), subject)),
    explain: (setting, question = {}) => asked(question, (tenant, subject) => tenant.settings.explain(known(scope, setting), subject)),
    rights: async ({ level, target = '' }) => settingRights(scope, await freshTenant(scope), { level, target }),
    resolve: (question = {}, keys) =>
      asked(question, ({ settings }, subject) => catalogue.some(keys).map((setting) => settings.explain(setting, subject))),
    resolveMany: (people, keys) => resolveMany(scope, people, keys),
    values: async ({ level, target, keys } = {}) => {
      const wanted = keys && new Set(catalogue.some(keys).map(({ key }) => key))
      const tenant = await freshTenant(scope)
      if (level === undefined || target === undefined) authorise(scope, 'read', settingsObject)
      else await authoriseReadingOf(scope, tenant, [{ level, target }])
      const { settings } = tenant
      return [...settings.all()].filter(
        (one) =>
          (wanted?.has(one.key) ?? true) && (level === undefined || one.level === level) && (target === undefined || one.target === target),
      )
    },
    set: (changes, { version } = {}) => setValues(scope, changes, version),
    preview: (changes, people) => previewChanges(scope, changes, people),
    history: async ({ key, level, target = '', limit = 50 }) => {
      catalogue.require(key, '/key')
      await authoriseReadingOf(scope, await freshTenant(scope), [{ level, target }])
      if (!Number.isSafeInteger(limit) || limit < 1 || limit > 500)
        throw crmError('PARAMETER_INVALID', { name: 'limit', reason: 'it must be 1 to 500' }, { path: '/limit' })
      return readSettingHistory(sessionOf(scope), scope.actor.tenant, [key, level, target], limit)
    },
  }
}

/** A handle of another CRM's plugin must not read as if it were one of this. */
function known<V>({ kernel }: Scope, setting: Setting<V>): Setting<V> {
  return kernel.settings.require(setting.key) as Setting<V>
}

/** The tenant as the database has it now: one small read where nothing changed. */
async function freshTenant(scope: Scope): Promise<Tenant> {
  const { tenants } = scope.kernel
  const tenant = await tenants.get(scope)
  const revision = await readRevision(sessionOf(scope), scope.actor.tenant)
  return revision === tenant.revision ? tenant : tenants.reload(scope)
}

async function resolveMany(
  scope: Scope,
  people: readonly string[],
  keys: readonly string[] | undefined,
): Promise<Map<string, readonly Resolved[]>> {
  const tenant = await knownPeople(scope, people)
  await authoriseReadingOf(
    scope,
    tenant,
    people.map((target) => ({ level: 'person', target })),
  )
  const settings = scope.kernel.settings.some(keys)
  return new Map(
    people.map((person) => {
      const subject: SettingSubject = { person, ...knownOf(scope, tenant.subjects, person), places: [] }
      return [person, settings.map((setting) => tenant.settings.explain(setting, subject))]
    }),
  )
}

async function knownPeople(scope: Scope, people: readonly string[]): Promise<Tenant> {
  if (!Array.isArray(people) || people.length > settingLimits.people)
    throw crmError('LIMIT_EXCEEDED', { what: 'people', limit: settingLimits.people }, { path: '/people' })
  const tenant = await freshTenant(scope)
  await loadSubjects(scope, tenant.subjects, people)
  return tenant
}

/** Sets values and moves the revision in one transaction: every node learns it with its next statement. */
async function setValues(scope: Scope, changes: readonly SettingChange[], seen: number | undefined): Promise<{ version: number }> {
  const { tenants } = scope.kernel
  const tenant = await freshTenant(scope)
  const checked = checkedChanges(scope, changes, tenant.revision + 1)
  const isLent = await authoriseChanges(scope, tenant, changes)
  const version = await inUnit(scope, async (unit) => {
    const next = await stepRevision(unit.unit.session, scope.actor.tenant, nowOf(unit))
    // Who leads whom was read before: in between somebody may have been moved.
    if (isLent && next !== tenant.revision + 1) throw crmError('REVISION_CHANGED')
    const rows = checked.map((row) => ({ ...row, version: next, at: nowOf(unit) }))
    refuseSeenOld(await currentSettings(unit, tenant), rows, seen)
    await writeSettingRows(unit.unit.session, scope.actor.tenant, rows)
    if (rows.some(({ key }) => key === scope.kernel.calendarZone.key))
      await moveDue(unit, scope.kernel.zoneOf({ ...tenant, settings: await currentSettings(unit, tenant) }))
    return next
  })
  // It is saved by now: who cannot read it back at once reads it at the next call.
  await tenants.reload(scope).catch(() => {})
  return { version }
}

function checkedChanges(scope: Scope, changes: readonly SettingChange[], version: number): SettingRow[] {
  if (!Array.isArray(changes) || changes.length === 0) authorise(scope, 'define', settingsObject)
  return rowsOfChanges(scope.kernel.settings, changes, { version, at: nowOf(scope), by: scope.actor.id })
}

async function currentSettings({ unit, actor }: UnitScope, { settings }: Tenant): Promise<SettingsSnapshot> {
  return settings.with(settings.version, await readSettingRows(unit.session, actor.tenant, settings.version))
}

/** Two admins who change the same value: the second one is told, when they say what they saw. */
function refuseSeenOld(current: SettingsSnapshot, rows: readonly SettingRow[], seen: number | undefined): void {
  if (seen === undefined) return
  const places = new Set(rows.map(placeOf))
  const newer = [...current.all()].filter((one) => one.version > seen && places.has(placeOf(one)))
  if (newer.length > 0) throw crmError('CONFLICT', {}, { path: '/version', details: { current: newer, sent: rows.length } })
}

const placeOf = ({ key, level, target }: SettingRow): string => JSON.stringify([key, level, target])

async function previewChanges(
  scope: Scope,
  changes: readonly SettingChange[],
  people: readonly string[] | undefined,
): Promise<SettingEffect[]> {
  const tenant = people ? await knownPeople(scope, people) : await freshTenant(scope)
  const rows = checkedChanges(scope, changes, tenant.settings.version + 1)
  await authoriseChanges(scope, tenant, changes)
  if (people) {
    const sight = await peopleInSight(scope, tenant)
    if (!people.every((person) => sight.sees(person))) authorise(scope, 'read', settingsObject)
    return effectsOn(scope, tenant, rows, people)
  }
  return effectsOnAll(scope, tenant, rows)
}

/** Everybody of the directory, page by page. */
async function effectsOnAll(scope: Scope, tenant: Tenant, rows: readonly SettingRow[]): Promise<SettingEffect[]> {
  const { directory } = scope.kernel
  const sight = await peopleInSight(scope, tenant)
  const effects: SettingEffect[] = []
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: readonly Person[] = await directory.people(scope.actor.tenant, { after, limit: settingLimits.people }, sessionOf(scope))
    const ids = page.map(({ id }) => id)
    await loadSubjects(scope, tenant.subjects, ids)
    effects.push(...effectsOn(scope, tenant, rows, ids.filter(sight.sees)))
    after = page.length < settingLimits.people ? undefined : ids.at(-1)
  }
  return effects
}

function effectsOn(scope: Scope, { settings, subjects }: Tenant, rows: readonly SettingRow[], people: readonly string[]): SettingEffect[] {
  const changed = settings.with(settings.version + 1, rows)
  const touched = [...new Set(rows.map(({ key }) => key))].map((key) => scope.kernel.settings.require(key))
  return people.flatMap((person) => {
    const subject: SettingSubject = { person, ...knownOf(scope, subjects, person), places: [] }
    return touched.flatMap((setting) => {
      const before = settings.value(setting, subject)
      const after = changed.value(setting, subject)
      return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ person, key: setting.key, before, after }]
    })
  })
}
