import type { DeciderAnswer, DeciderStage } from '../decider/deciders.ts'
import { compileNode } from '../expression/closure/compile.ts'
import type { ExpressionContext } from '../expression/context.ts'
import type { Explanation } from '../expression/sentence/explain.ts'
import { loadRelations } from '../read/load-relations.ts'
import type { Scope } from '../scope/scope.ts'
import type { Locked } from '../write/locked-read.ts'
import { caseOf, differs, relationsOf, ruleOf, withRelations } from './cases.ts'
import type { CompiledDecider, CompiledRule } from './compile-decider.ts'
import { contextAt } from './conditions.ts'
import { possible } from './possible.ts'

/**
 * What a decider would do with a record at an instant, and why. It is judged as the system judges; what decided is told as far as the
 * reader may see it themselves.
 */
export async function explainRecord(
  reader: Scope,
  decider: CompiledDecider,
  stage: DeciderStage,
  given: Locked,
  at: number,
): Promise<DeciderAnswer> {
  const [record = given] = await withRelations(reader, decider, [{ ...given }])
  const seen = { ...given }
  await loadRelations(reader, decider.tenant, decider.body.object, [seen], relationsOf(decider))
  const context = contextAt(reader, decider.tenant, at)
  const rule = ruleOf(decider, record, context)
  const inPilot = decider.part === null || decider.part.evaluate(record, context) === true
  const asked = rule === null ? decider.rules : decider.rules.slice(0, decider.rules.indexOf(rule) + 1)
  const rules: DeciderAnswer['rules'][number][] = []
  for (const one of asked) rules.push({ id: one.id, holds: one === rule, explanation: await explained(one, record, seen, context) })
  const found = rule && caseOf(decider, rule, record, context, reader.kernel.zoneOf(decider.tenant))
  return {
    decider: decider.id,
    version: decider.version,
    stage,
    at,
    holds: rule !== null,
    affected: rule !== null && inPilot && differs(rule, record, context),
    unknown: rule === null && decider.rules.some(({ when }) => compileNode(possible(when.node))(record, context) === true),
    inPilot,
    rule: rule?.id ?? null,
    because: found?.because ?? null,
    values: found?.values ?? {},
    candidates: [],
    rules,
  }
}

const hidden: Pick<Explanation, 'reasons' | 'sentence'> = {
  reasons: [],
  sentence: { 'zh-CN': '取决于你无权查看的记录。', en: 'It depends on records you may not see.' },
}

async function explained({ when }: CompiledRule, record: Locked, seen: Locked, context: ExpressionContext): Promise<Explanation> {
  const result = when.evaluate(record, context)
  return when.evaluate(seen, context) === result ? when.explain(seen, context) : { result, ...hidden }
}
