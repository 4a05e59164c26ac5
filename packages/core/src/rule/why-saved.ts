import { changeColumns, decodeChange } from '../change/decode-change.ts'
import type { DeciderCase, DeciderDecision } from '../decider/deciders.ts'
import type { RuleFired } from '../decider/save-rule.ts'
import { decisionsPlan } from '../decision/plans.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import { changeTable } from '../store/system-tables.ts'
import type { Sentence } from '../sweep/because.ts'
import { type Life, loadLives } from '../sweep/life.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { compileSave } from './compile-save.ts'
import { becauseOf } from './texts.ts'
import { savedSource } from './try-save.ts'

const column = (name: string, nullable = false) => ({ column: name, nullable })
const most = 200

const withRules: SelectPlan = {
  table: changeTable,
  columns: changeColumns,
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: column('record_id'), param: 1 },
      { op: 'contains', operand: column('cause', true), param: 2 },
    ],
  },
  order: [
    { operand: column('version'), descending: true },
    { operand: column('id'), descending: true },
  ],
  limit: 3,
  revision: false,
}

/** What rules did to a record when it was saved, or in shadow would have done. Whoever asks has been let in already. */
export async function whySaved(scope: Scope, tenant: Tenant, object: string, id: string): Promise<readonly DeciderDecision[]> {
  const lives = new Map((await loadLives(scope)).map((life) => [life.id, life]))
  return [...(await savedChanges(scope, tenant, lives, object, id)), ...(await notedSaves(scope, tenant, lives, id))]
}

async function savedChanges(
  scope: Scope,
  tenant: Tenant,
  lives: ReadonlyMap<string, Life>,
  object: string,
  id: string,
): Promise<readonly DeciderDecision[]> {
  const rows = await sessionOf(scope).select(withRules, [scope.actor.tenant, id, '"rules":[', most])
  return rows.flatMap((row) => {
    const change = decodeChange(row, readableRuntime(scope, tenant, object).definition)
    const { rules = [] } = (change.cause ?? {}) as { readonly rules?: readonly RuleFired[] }
    return rules.map(
      (fired): DeciderDecision => ({
        decider: fired.decider,
        version: fired.version,
        rule: fired.rule,
        run: null,
        mode: 'live',
        at: change.at,
        because: sentenceOfSaved(scope, tenant, lives, fired),
        facts: fired.facts,
        values: setBy(change, fired),
        undone: false,
      }),
    )
  })
}

/** What rules in shadow would have done, which the log of decisions has. */
async function notedSaves(scope: Scope, tenant: Tenant, lives: ReadonlyMap<string, Life>, id: string): Promise<readonly DeciderDecision[]> {
  const rows = await sessionOf(scope).select(decisionsPlan(['subject_id', 'mode'], false), [scope.actor.tenant, most, id, 'shadow'])
  return rows.flatMap((row): DeciderDecision[] => {
    const noted = (typeof row.inputs === 'string' ? JSON.parse(row.inputs) : row.inputs) as NotedSave
    if (noted.onSave !== true) return []
    const { rule, facts, values } = noted
    const head = { decider: String(row.decider), version: Number(row.version), rule, facts }
    const because = sentenceOfSaved(scope, tenant, lives, head)
    return [{ ...head, run: null, mode: 'shadow', at: Number(row.at), because, values, undone: false }]
  })
}

/** As it is kept with a decision. */
interface NotedSave {
  readonly onSave?: boolean
  readonly rule: string
  readonly facts: RuleFired['facts']
  readonly values: DeciderCase['values']
}

/** Of the change only what this decider has set. */
function setBy({ values, authors }: ReturnType<typeof decodeChange>, { decider, version }: RuleFired): DeciderCase['values'] {
  const own = `rule:${decider}@${version}/`
  const isOwn = ([name]: readonly [string, unknown]): boolean => String(authors?.[name] ?? '').startsWith(own)
  return Object.fromEntries(Object.entries(values ?? {}).filter(isOwn)) as DeciderCase['values']
}

/** The sentence as it was written in that version; null where it had none, or a field it names is gone since. */
function sentenceOfSaved(
  scope: Scope,
  tenant: Tenant,
  lives: ReadonlyMap<string, Life>,
  { decider, version, rule, facts }: Pick<RuleFired, 'decider' | 'version' | 'rule' | 'facts'>,
): Sentence | null {
  const life = lives.get(decider)
  if (!life) return null
  try {
    const { rules } = compileSave({ ...scope, privileged: true }, tenant, savedSource(life, version))
    const found = rules.find(({ id }) => id === rule)
    return found ? becauseOf({ rule: found, facts }, scope.kernel.zoneOf(tenant)) : null
  } catch {
    return null
  }
}
