import { causedChanges } from '../change/caused-changes.ts'
import { decodeChange } from '../change/decode-change.ts'
import type { DeciderCase, DeciderDecision } from '../decider/deciders.ts'
import type { RuleFired } from '../decider/save-rule.ts'
import { decisionsPlan } from '../decision/plans.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { Sentence } from '../sweep/because.ts'
import type { Lives } from '../sweep/life.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { type CompiledSave, compileSave } from './compile-save.ts'
import { becauseOf } from './texts.ts'
import { savedSource } from './try-save.ts'

const most = 200

/** What rules did to a record when it was saved, or in shadow would have done. Whoever asks has been let in already. */
export async function whySaved(
  scope: Scope,
  tenant: Tenant,
  lives: Lives,
  object: string,
  id: string,
): Promise<readonly DeciderDecision[]> {
  const sentenceOf = sentences(scope, tenant, lives)
  return [...(await savedChanges(scope, tenant, sentenceOf, object, id)), ...(await notedSaves(scope, sentenceOf, id))]
}

async function savedChanges(
  scope: Scope,
  tenant: Tenant,
  sentenceOf: Sentences,
  object: string,
  id: string,
): Promise<readonly DeciderDecision[]> {
  const rows = await sessionOf(scope).select(causedChanges, [scope.actor.tenant, id, '"rules":[', most])
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
        because: sentenceOf(fired),
        facts: fired.facts,
        values: setBy(change, fired),
        undone: false,
      }),
    )
  })
}

/** What rules in shadow would have done, which the log of decisions has. */
async function notedSaves(scope: Scope, sentenceOf: Sentences, id: string): Promise<readonly DeciderDecision[]> {
  const rows = await sessionOf(scope).select(decisionsPlan(['subject_id', 'mode'], false), [scope.actor.tenant, most, id, 'shadow'])
  return rows.flatMap((row): DeciderDecision[] => {
    const noted = (typeof row.inputs === 'string' ? JSON.parse(row.inputs) : row.inputs) as NotedSave
    if (noted.onSave !== true) return []
    const { rule, facts, values } = noted
    const head = { decider: String(row.decider), version: Number(row.version), rule, facts }
    return [{ ...head, run: null, mode: 'shadow', at: Number(row.at), because: sentenceOf(head), values, undone: false }]
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
type Sentences = (fired: Pick<RuleFired, 'decider' | 'version' | 'rule' | 'facts'>) => Sentence | null

/** Each version is compiled once, however many saves it acted on. */
function sentences(scope: Scope, tenant: Tenant, lives: Lives): Sentences {
  const known = new Map<string, CompiledSave | null>()
  const compiled = (decider: string, version: number): CompiledSave | null => {
    const life = lives.get(decider)
    try {
      return life ? compileSave({ ...scope, privileged: true }, tenant, savedSource(life, version)) : null
    } catch {
      return null
    }
  }
  return ({ decider, version, rule, facts }) => {
    const key = `${decider}@${version}`
    if (!known.has(key)) known.set(key, compiled(decider, version))
    const found = known.get(key)?.rules.find(({ id }) => id === rule)
    return found ? becauseOf({ rule: found, facts }, scope.kernel.zoneOf(tenant)) : null
  }
}
