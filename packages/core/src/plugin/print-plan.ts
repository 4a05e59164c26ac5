import type { ConditionDecider } from '../decider/define-decider.ts'
import type { OrderedHook } from '../hook/ordered-hook.ts'
import { hookOperations, phases } from '../hook/ordered-hook.ts'
import { longestWritePath } from '../hook/write-path.ts'
import { jobLimits } from '../job/job-row.ts'
import { timesText } from '../job/schedule.ts'
import { neededAtMost } from '../logic/needed.ts'
import type { ObjectLogic } from '../logic/object-logic.ts'
import type { FieldDefinition, FieldStorage, ObjectDefinition } from '../object/definition.ts'
import { byId } from '../order/topological.ts'
import type { SchemaPlan, Store } from '../store/port.ts'
import type { Contributions } from './contributions.ts'
import { formatPlan } from './format-plan.ts'
import type { CrmPlan } from './plan.ts'

/** What a plan is made from. */
export interface PlanSources {
  readonly contributions: Contributions
  readonly definitions: readonly ObjectDefinition[]
  readonly engine: Store['engine']
  readonly schema: SchemaPlan
  /** Objects whose stored formulas are new or have changed. */
  readonly recompute?: readonly string[]
  /** What the definitions say in expressions. */
  readonly logic: (definition: ObjectDefinition) => ObjectLogic | null
}

/** The plan of a CRM. The same sources give the same text, whatever order the host listed its plugins in. */
export function printPlan({ contributions, definitions, engine, schema, logic, recompute = [] }: PlanSources): CrmPlan {
  const hooks = phases.flatMap((phase) => contributions.hooks[phase])
  const plan: Omit<CrmPlan, 'toString'> = {
    engine,
    plugins: contributions.plugins.map(({ id, version, requires }) => ({ id, version, requires })),
    objects: [...definitions].sort(byName).map((definition) => objectPlan(definition, hooks, logic(definition))),
    hooks: hooks.map(({ id, phase, object, on, fields }) => ({ id, phase, object, on, fields: fields ?? '*' })),
    services: contributions.services.map(({ id, author }) => ({ id, plugin: author })).sort(byId),
    routes: contributions.endpoints.map(({ method, path, plugin, roles }) => ({
      method,
      path: `/api/plugins/${plugin}/${path}`,
      roles: rolesText(roles),
    })),
    commands: contributions.commands
      .map(({ id, checks, roles }) => ({ id, checks: checks.map((check) => check.id), roles: rolesText(roles) }))
      .sort(byId),
    settings: contributions.settings
      .map(({ setting: { key, definition }, plugin }) => ({
        key,
        plugin,
        type: definition.type,
        default: JSON.stringify(definition.default),
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    ledgers: contributions.ledgers.map(({ name, plugin, unit }) => ({ name, plugin, unit })),
    ...workPlan(contributions),
    inbounds: contributions.inbounds
      .map(({ id, rights }) => ({ id, rights: Object.entries(rights).map(([object, actions]) => `${object}: ${actions.join(', ')}`) }))
      .sort(byId),
    messages: [...contributions.messages.values()]
      .map(({ template: { key, definition }, plugin }) => ({
        key,
        plugin,
        purpose: definition.purpose,
        channels: definition.channels ?? ['inbox'],
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    gates: contributions.gates.map(({ id }) => id),
    deciders: contributions.deciders.map(deciderPlan),
    actions: contributions.actions.map(({ id, objects }) => ({ id, objects: objects ?? '*' })),
    ddl: schema.statements,
    recompute,
    conflicts: schema.conflicts,
  }
  return { ...plan, toString: () => formatPlan(plan) }
}

function deciderPlan(decider: Contributions['deciders'][number]): CrmPlan['deciders'][number] {
  const { id, object, schedule } = decider
  const times = schedule && timesText(schedule)
  if (decider.kind === 'allocation')
    return { id, object, rules: [`code ${decider.codes[0]?.code}`], sets: [...decider.sets].sort(), schedule: times }
  const { rules, save } = decider
  return { id, object, rules: (save?.rules ?? rules).map((rule) => rule.id), sets: setBy(rules, save), schedule: times }
}

function setBy(rules: ConditionDecider['rules'], save: ConditionDecider['save']): readonly string[] {
  const calls = save?.rules.flatMap((one) => one.do) ?? []
  const own = calls.flatMap(({ action, params }) =>
    action === 'set' ? Object.keys((params.values ?? {}) as object) : action === 'assign' ? ['ownerId'] : [],
  )
  return [...new Set([...rules.flatMap(({ set }) => Object.keys(set)), ...own, ...(save?.into ? [save.into] : [])])].sort()
}

function workPlan({ jobs, schedules, consumers }: Contributions): Pick<CrmPlan, 'jobs' | 'schedules' | 'consumers'> {
  return {
    jobs: jobs
      .map(({ id, attempts = jobLimits.attempts, concurrency, priority = 'normal' }) => {
        return { id, attempts, concurrency: concurrency === undefined ? '*' : String(concurrency), priority }
      })
      .sort(byId),
    schedules: schedules.map(({ id, job, times }) => ({ id, job: job.id, times: timesText(times) })).sort(byId),
    consumers: consumers
      .map(({ id, objects, on = hookOperations, batch = 1 }) => {
        return { id, objects: objects?.map((object) => (typeof object === 'string' ? object : object.name)) ?? ('*' as const), on, batch }
      })
      .sort(byId),
  }
}

function rolesText(roles: readonly string[] | '*'): string {
  return roles === '*' ? '*' : [...roles].sort().join(', ')
}

function objectPlan(definition: ObjectDefinition, hooks: readonly OrderedHook[], logic: ObjectLogic | null): CrmPlan['objects'][number] {
  const { name, table, author, fields } = definition
  const own = hooks.filter(({ object }) => object === name)
  return {
    name,
    table: table.name,
    author,
    fields: fields
      .filter(({ layer }) => layer !== 'system')
      .map((field) => ({ name: field.name, kind: field.kind, author: field.author, storage: storageOf(field) })),
    paths: (['create', 'update'] as const).map((operation) => {
      const { needs, because } = longestWritePath(own, operation)
      const asked = operation === 'update' && logic ? neededAtMost(logic) : []
      return { operation, path: pathNames[needs === 'nothing' && asked.length > 0 ? 'record' : needs], because: [...because, ...asked] }
    }),
  }
}

const pathNames = { nothing: 'one statement', record: 'read and write', transaction: 'transaction' } as const

function storageOf({ storage, formula }: FieldDefinition): string {
  if (formula?.mode === 'read') return 'computed on read'
  if (formula) return `${storageText(storage)}, computed by the write`
  return storageText(storage)
}

function storageText(storage: FieldStorage): string {
  switch (storage.at) {
    case 'columns':
      return storage.columns.map(({ name }) => name).join(', ')
    case 'ext':
      return `ext.${storage.id}`
    case 'links':
      return storage.table.name
    case 'none':
      return '-'
  }
}

function byName(a: ObjectDefinition, b: ObjectDefinition): number {
  return byId({ id: a.name }, { id: b.name })
}
