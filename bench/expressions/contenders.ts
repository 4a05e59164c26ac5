import { createRequire } from 'node:module'
import { compileExpression, createRuleIndex } from '@guanxi/core/expression'
import { condition, fields, type Lead, type Rule, score } from './workload.ts'

/** One way to do a workload: what it makes of a lead, as a number that all ways must agree on. */
export interface Contender {
  readonly name: string
  readonly run: (lead: Lead) => number | Promise<number>
  readonly isAsync?: true
}

const load = createRequire(new URL('../peers/expressions/package.json', import.meta.url))

interface JsonLogic {
  apply(logic: unknown, data: unknown): unknown
}
interface LogicEngine {
  build(logic: unknown): (data: unknown) => unknown
}
interface RulesEngine {
  addRule(rule: { conditions: unknown; event: { type: string } }): void
  run(facts: Lead): Promise<{ events: readonly unknown[] }>
}

const jsonLogic = (): JsonLogic => load('json-logic-js') as JsonLogic
const logicEngine = (): LogicEngine => new (load('json-logic-engine') as { LogicEngine: new () => LogicEngine }).LogicEngine()
const rulesEngine = (): RulesEngine =>
  new (load('json-rules-engine') as { Engine: new (rules: readonly unknown[], options: object) => RulesEngine }).Engine([], {
    allowUndefinedFacts: true,
  })
const cel = (): { parse(text: string): { isSuccess: boolean; cst: unknown }; evaluate(cst: unknown, context: unknown): unknown } =>
  load('cel-js')

/** What somebody would write by hand; made from text here only because a thousand of them must differ. */
const handWritten = <T>(source: string): ((lead: Lead) => T) => new Function('lead', `return ${source}`) as (lead: Lead) => T

const yes = (value: unknown): number => (value === true ? 1 : 0)

/** One condition on one lead. */
export function conditionContenders(): Contender[] {
  const byHand = handWritten<boolean>(condition.source)
  const own = compileExpression(condition.logic, { fields })
  const logic = jsonLogic()
  const built = logicEngine().build(condition.logic)
  const engine = rulesEngine()
  engine.addRule({ conditions: condition.conditions, event: { type: 'met' } })
  const { parse, evaluate } = cel()
  const { cst } = parse(condition.cel)
  return [
    { name: 'hand-written JavaScript', run: (lead) => yes(byHand(lead)) },
    { name: 'Guanxi', run: (lead) => yes(own.evaluate(lead as unknown as Record<string, unknown>)) },
    { name: 'json-logic-engine, built', run: (lead) => yes(built(lead)) },
    { name: 'json-logic-js', run: (lead) => yes(logic.apply(condition.logic, lead)) },
    { name: 'cel-js, parsed', run: (lead) => yes(evaluate(cst, lead)) },
    { name: 'json-rules-engine', isAsync: true, run: async (lead) => (await engine.run(lead)).events.length },
  ]
}

/** Many rules on one lead: how many hold. */
export function rulesContenders(rules: readonly Rule[]): Contender[] {
  const byHand = rules.map(({ source }) => handWritten<boolean>(source))
  const own = rules.map(({ logic }) => compileExpression(logic, { fields }))
  const index = createRuleIndex(own)
  const count = (tests: readonly ((lead: Lead) => unknown)[]) => (lead: Lead) => {
    let held = 0
    for (const test of tests) if (test(lead) === true) held++
    return held
  }
  const contenders: Contender[] = [
    { name: 'hand-written JavaScript, a loop', run: count(byHand) },
    { name: 'Guanxi, rule index', run: (lead) => index.match(lead as unknown as Record<string, unknown>).length },
    { name: 'Guanxi, a loop', run: count(own.map(({ evaluate }) => evaluate as unknown as (lead: Lead) => unknown)) },
  ]
  if (rules.length > 100) return contenders
  const engine = logicEngine()
  const logic = jsonLogic()
  const rulesOf = rulesEngine()
  for (const { conditions } of rules) rulesOf.addRule({ conditions, event: { type: 'met' } })
  return [
    ...contenders,
    { name: 'json-logic-engine, built, a loop', run: count(rules.map((rule) => engine.build(rule.logic))) },
    { name: 'json-logic-js, a loop', run: count(rules.map((rule) => (lead: Lead) => logic.apply(rule.logic, lead))) },
    { name: 'json-rules-engine', isAsync: true, run: async (lead) => (await rulesOf.run(lead)).events.length },
  ]
}

/** A score of twenty terms. */
export function scoreContenders(): Contender[] {
  const byHand = handWritten<number>(score.source)
  const own = compileExpression(score.logic, { fields })
  const logic = jsonLogic()
  const built = logicEngine().build(score.logic)
  const { parse, evaluate } = cel()
  const { cst } = parse(score.cel)
  return [
    { name: 'hand-written JavaScript', run: byHand },
    { name: 'Guanxi', run: (lead) => Number(own.evaluate(lead as unknown as Record<string, unknown>)) },
    { name: 'json-logic-engine, built', run: (lead) => Number(built(lead)) },
    { name: 'json-logic-js', run: (lead) => Number(logic.apply(score.logic, lead)) },
    { name: 'cel-js, parsed', run: (lead) => Number(evaluate(cst, lead)) },
  ]
}
