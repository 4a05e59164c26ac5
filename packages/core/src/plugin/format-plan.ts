import type { CrmPlan } from './plan.ts'

type Facts = readonly (readonly string[])[]

/** One fact a line, the columns of each section aligned, so that a change of the plan is a change of few lines. */
export function formatPlan(plan: Omit<CrmPlan, 'toString'>): string {
  const sections: Facts[] = [
    [['engine', plan.engine]],
    plan.plugins.map(({ id, version, requires }) => ['plugin', id, version, requires.length > 0 ? `requires ${requires.join(', ')}` : '']),
    plan.objects.map(({ name, table, author }) => ['object', name, table, `by ${author}`]),
    plan.objects.flatMap(({ name, fields }) =>
      fields.map((field) => ['field', `${name}.${field.name}`, field.kind, field.storage, `by ${field.author}`]),
    ),
    plan.objects.flatMap(({ name, paths }) => paths.flatMap((path) => pathFacts(name, path))),
    plan.hooks.map(({ id, phase, object, on, fields }) => [
      'hook',
      phase,
      object,
      id,
      `on ${on.join(', ')}`,
      fields === '*' ? '' : `fields ${fields.join(', ')}`,
    ]),
    plan.services.map(({ id, plugin }) => ['service', id, `by ${plugin}`]),
    plan.routes.map(({ method, path, roles }) => ['route', method, path, `roles ${roles}`]),
    plan.commands.map(({ id, checks, roles }) => ['command', id, `checks ${checks.join(', ')}`, `roles ${roles}`]),
    plan.settings.map(({ key, plugin, type, default: value }) => ['setting', key, type, value, `by ${plugin}`]),
    plan.ledgers.map(({ name, plugin, unit }) => ['ledger', name, unit, `by ${plugin}`]),
    plan.jobs.map(({ id, attempts, concurrency, priority }) => [
      'job',
      id,
      `tries ${attempts}`,
      `at once ${concurrency}`,
      `priority ${priority}`,
    ]),
    plan.schedules.map(({ id, job, times }) => ['schedule', id, job, times]),
    plan.consumers.map(({ id, objects, on, batch }) => [
      'consumer',
      id,
      `objects ${objects === '*' ? '*' : objects.join(', ')}`,
      `on ${on.join(', ')}`,
      `batch ${batch}`,
    ]),
    plan.inbounds.map(({ id, rights }) => ['inbound', id, `POST /hooks/${id}`, `may ${rights.join('; ') || 'nothing'}`]),
    plan.messages.map(({ key, plugin, purpose, channels }) => ['message', key, purpose, `to ${channels.join(', ')}`, `by ${plugin}`]),
    plan.gates.map((gate) => ['gate', gate]),
    plan.deciders.map(({ id, object, rules, sets, schedule }) => [
      ...['decider', id, object, `rules ${rules.join(', ')}`, `sets ${sets.join(', ')}`],
      ...(schedule === null ? [] : [schedule]),
    ]),
    plan.actions.map(({ id, objects }) => ['action', id, `objects ${objects === '*' ? '*' : objects.join(', ')}`]),
    plan.ddl.map((statement) => ['ddl', oneLine(statement)]),
    plan.recompute.map((object) => ['recompute', object]),
    plan.conflicts.map((conflict) => ['conflict', oneLine(conflict)]),
  ]
  return sections.flatMap(aligned).join('\n')
}

function pathFacts(object: string, { operation, path, because }: CrmPlan['objects'][number]['paths'][number]): Facts {
  const fact = ['path', object, operation, path]
  return because.length === 0 ? [fact] : because.map((reason) => [...fact, reason])
}

function aligned(facts: Facts): string[] {
  const widths = facts.reduce<number[]>((widest, fact) => fact.map((text, column) => Math.max(text.length, widest[column] ?? 0)), [])
  return facts.map((fact) =>
    fact
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
