import type { DecisionInput } from '../decision/decision.ts'
import type { HookRecord } from '../hook/hook-record.ts'

/** What rules in shadow would have done to a record, for the log of decisions. */
export function decisionsOfShadow({ object, id, outcome }: HookRecord): readonly DecisionInput[] {
  return (outcome?.shadow ?? []).map(({ decider, rule, facts, values, refused }): DecisionInput => {
    const actions = rule.actions.map(({ action }) => action.id)
    return {
      decider: decider.id,
      version: decider.version,
      mode: 'shadow',
      subject: { object, id },
      outcome: refused ? 'denied' : 'decided',
      inputs: { onSave: true, rule: rule.id, facts, values, actions },
    }
  })
}
