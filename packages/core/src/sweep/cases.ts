import type { DeciderCase } from '../decider/deciders.ts'
import type { ExpressionContext } from '../expression/context.ts'
import { type RelationNeeded, relationsTogether } from '../expression/facts.ts'
import { fieldValue } from '../object/field-value.ts'
import { loadRelations } from '../read/load-relations.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { Locked } from '../write/locked-read.ts'
import { factsOf, sentenceOf } from './because.ts'
import type { CompiledDecider, CompiledRule } from './compile-decider.ts'
import { Conditions } from './conditions.ts'

/** The rule that counts for a record: the first that holds. */
export function ruleOf({ rules }: CompiledDecider, record: Locked, context: ExpressionContext): CompiledRule | null {
  return rules.find(({ when }) => when.evaluate(record, context) === true) ?? null
}

/** What a rule sets for one record, in the form of the API. */
export function valuesOf(
  rule: CompiledRule,
  record: Locked,
  context: ExpressionContext,
): readonly (readonly [CompiledRule['sets'][number]['field'], unknown])[] {
  return rule.sets.map(({ field, constant, expression }) => [
    field,
    expression ? expression.evaluate(record, context) : (constant?.value ?? null),
  ])
}

/** True where a rule would change the record. */
export function differs(rule: CompiledRule, record: Locked, context: ExpressionContext): boolean {
  return rule.sets.some((set) => set.differs.evaluate(record, context) === true)
}

/** One record as somebody reads it. */
export function caseOf(
  decider: CompiledDecider,
  rule: CompiledRule,
  record: Locked,
  context: ExpressionContext,
  zone: string,
): DeciderCase {
  return {
    id: record.id,
    name: nameOf(decider, record),
    rule: rule.id,
    because: sentenceOf(rule, factsOf(rule, record, context), zone),
    values: Object.fromEntries(
      valuesOf(rule, record, context).map(([field, value]) => [field.name, [fieldValue(record, field) ?? null, value] as const]),
    ),
  }
}

/** The field that names a record. */
export function nameOf({ runtime }: CompiledDecider, record: Readonly<Record<string, unknown>>): string | null {
  const { nameField } = runtime.definition
  const name = nameField === null ? null : record[nameField]
  return typeof name === 'string' ? name : null
}

/** Everything the expressions of a decider look at beyond the record itself. */
export function relationsOf({ rules, part }: CompiledDecider): readonly RelationNeeded[] {
  const expressions = rules.flatMap(({ when, sets, facts }) => [
    when,
    ...sets.flatMap(({ expression }) => expression ?? []),
    ...facts.map(({ expression }) => expression),
  ])
  return relationsTogether([...expressions, ...(part ? [part] : [])].flatMap(({ relationsNeeded }) => relationsNeeded))
}

/** Brings along what the expressions need, as the system sees it. */
export async function withRelations(scope: Scope, decider: CompiledDecider, records: readonly Locked[]): Promise<readonly Locked[]> {
  const needed = relationsOf(decider)
  for (let start = 0; start < records.length; start += 200)
    await loadRelations({ ...scope, privileged: true }, decider.tenant, decider.body.object, records.slice(start, start + 200), needed)
  return records
}

/** Records that are due, by id after `after`; locked where they are to be written. */
export async function dueRecords(
  scope: Scope,
  decider: CompiledDecider,
  at: number,
  page: { readonly after: string | null; readonly limit: number; readonly lock: boolean },
): Promise<readonly Locked[]> {
  const conditions = new Conditions(scope, decider, at)
  const { runtime } = decider
  const where = conditions.due()
  const { params } = conditions
  const plan: SelectPlan = {
    table: runtime.definition.table,
    columns: runtime.codec.columns,
    where,
    order: [{ operand: { column: 'id', nullable: false }, descending: false }],
    ...(page.after !== null && { after: [params.add(page.after)] }),
    limit: params.add(page.limit),
    revision: false,
    lock: page.lock,
  }
  const rows = await sessionOf(scope).selectValues(plan, params.values)
  return withRelations(
    scope,
    decider,
    rows.map((values) => runtime.codec.decodeValues(values) as unknown as Locked),
  )
}
