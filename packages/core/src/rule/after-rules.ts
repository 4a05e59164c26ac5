import { crmError } from '../error/crm-error.ts'
import type { HookContext } from '../hook/hook.ts'
import type { HookRecord, Values } from '../hook/hook-record.ts'
import type { HookScope } from '../hook/hook-scope.ts'
import { hookOperations, type OrderedHook } from '../hook/ordered-hook.ts'
import { loadRelations } from '../read/load-relations.ts'
import type { UnitScope } from '../scope/scope.ts'
import { logDecisions } from '../sweep/log.ts'
import type { Tenant } from '../tenant/tenants.ts'
import type { ActionCase } from './action.ts'
import { contextFor } from './at-work.ts'
import { budget } from './budget.ts'
import type { CompiledAction } from './compile-action.ts'
import { decisionsOfShadow } from './log-shadow.ts'
import type { Acting } from './outcome.ts'
import { paramsFor } from './params-for.ts'
import { RuleContext } from './rule-context.ts'
import { becauseOf } from './texts.ts'

/** What the write runner lends to the actions of one rule, with the rule's own rights. */
type ScopeOfRule = (isElevated: boolean) => HookScope

interface Due {
  readonly acting: Acting
  readonly action: CompiledAction
  readonly drafts: HookRecord[]
  /** Of each draft, in the same order: its own facts. */
  readonly cases: Acting[]
}

/** Carries out what rules have decided, for all records of the write at once, and writes down what those in shadow would have done. */
export async function actByRules(scope: UnitScope, tenant: Tenant, drafts: readonly HookRecord[], scopeOf: ScopeOfRule): Promise<void> {
  await logDecisions(
    scope,
    tenant,
    drafts.flatMap((draft) => decisionsOfShadow(draft)),
  )
  const all = dueOf(drafts)
  const first = all[0]
  if (first && scope.chain.length >= budget.rounds)
    throw crmError('RULE_LOOP', { chain: [...scope.chain, idOf(first.acting)].map(named).join(' → ') })
  let spent = 0
  for (const due of all) {
    const started = performance.now()
    await carryOut(scope, tenant, due, scopeOf(due.acting.decider.body.elevated))
    spent += performance.now() - started
    if (spent > budget.milliseconds) throw crmError('RULE_BUDGET', { limit: budget.milliseconds, rule: named(idOf(due.acting)) })
  }
}

/** Each action of each rule once, with all records it is for; in the order of deciders, rules and actions. */
function dueOf(drafts: readonly HookRecord[]): readonly Due[] {
  const found = new Map<CompiledAction, Due>()
  for (const draft of drafts)
    for (const acting of draft.outcome?.after ?? [])
      for (const action of acting.rule.actions) {
        if (action.action.phase !== 'after') continue
        const due = found.get(action) ?? { acting, action, drafts: [], cases: [] }
        found.set(action, due)
        due.drafts.push(draft)
        due.cases.push(acting)
      }
  const order = ({ decider, rule }: Acting): readonly [number, string, number] => [
    decider.body.order,
    decider.id,
    decider.rules.indexOf(rule),
  ]
  return [...found.values()].sort((a, b) => {
    const [one, two] = [order(a.acting), order(b.acting)]
    return one[0] - two[0] || (one[1] < two[1] ? -1 : one[1] > two[1] ? 1 : one[2] - two[2])
  })
}

/** `rule:<decider>@<version>/<rule>`: how chains, causes and errors name a rule. */
const idOf = ({ decider, rule }: Acting): string => `rule:${decider.id}@${decider.version}/${rule.id}`
const named = (id: string): string => id.replace(/^rule:/, '')

async function carryOut(scope: UnitScope, tenant: Tenant, due: Due, hookScope: HookScope): Promise<void> {
  const { acting, action, drafts } = due
  const { run } = action.action
  if (!run) return
  const { object } = acting.decider
  const records = drafts.map(({ next }) => ({ ...next }) as Values & { readonly id: string })
  // People and teams are known to everybody.
  if (action.people.length > 0) await loadRelations({ ...scope, privileged: true }, tenant, object, records, action.people)
  const cases = casesOf(scope, tenant, due, records)
  const hook: OrderedHook = {
    id: idOf(acting),
    plugin: action.action.id,
    phase: 'after',
    object,
    on: hookOperations,
    fields: null,
    reads: null,
    database: true,
    run: (_, context) => run(cases, new RuleContext(scope, hook.id, context as HookContext)),
  }
  await scope.kernel.hooks.runOne(hook, drafts, hookScope)
}

function casesOf(scope: UnitScope, tenant: Tenant, { action, drafts, cases }: Due, records: readonly Values[]): readonly ActionCase[] {
  const zone = scope.kernel.zoneOf(tenant)
  return drafts.map((draft, index) => {
    const own = cases[index] as Acting
    const { decider, rule } = own
    return {
      object: draft.object,
      id: draft.id,
      record: draft.next,
      previous: draft.previous,
      params: paramsFor(action, own, records[index] as Values, contextFor(scope, tenant, draft), zone),
      rule: { decider: decider.id, version: decider.version, rule: rule.id },
      because: becauseOf(own, zone),
    }
  })
}
