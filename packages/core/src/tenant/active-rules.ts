import type { DeciderBody } from '../decider/body.ts'
import type { DeciderStage } from '../decider/deciders.ts'
import type { SaveBody } from '../decider/save-rule.ts'
import type { SelectPlan, StoreSession } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { activeRuleTable } from '../store/system-tables.ts'

/** A decider that acts on save, as far as a save needs to know it. Not checked yet. */
export interface ActiveRule {
  readonly id: string
  readonly object: string
  readonly stage: DeciderStage
  readonly version: number
  readonly pilot: unknown
  readonly body: Pick<DeciderBody, 'object' | 'settings'> & { readonly save: SaveBody }
}

const columns = ['decider', 'object', 'stage', 'version', 'pilot', 'body'] as const
const column = (name: string) => ({ column: name, nullable: false })

const allActive: SelectPlan = {
  table: activeRuleTable,
  columns,
  order: [{ operand: column('decider'), descending: false }],
  revision: false,
}

/** All that is switched on in a tenant and acts on save, by object, each in its order. */
export async function readActiveRules(session: StoreSession, tenant: string): Promise<ReadonlyMap<string, readonly ActiveRule[]>> {
  const rules = (await session.select(allActive, [tenant])).map(
    (row): ActiveRule => ({
      id: String(row.decider),
      object: String(row.object),
      stage: String(row.stage) as DeciderStage,
      version: Number(row.version),
      pilot: row.pilot === null ? null : parsed(row.pilot),
      body: parsed(row.body) as ActiveRule['body'],
    }),
  )
  const inOrder = rules.sort((a, b) => a.body.save.order - b.body.save.order || (a.id < b.id ? -1 : 1))
  return Map.groupBy(inOrder, ({ object }) => object)
}

/** Keeps what saves are to know of a decider from now on: nothing, where it is a draft or off. */
export async function keepActive(
  session: StoreSession,
  tenant: string,
  { id, object, stage, version, pilot, body }: ActiveRule,
): Promise<void> {
  if (stage === 'draft' || stage === 'off') {
    const ofDecider = { op: 'eq', operand: column('decider'), param: 1 } as const
    await session.delete(activeRuleTable, ofDecider, [tenant, id])
    return
  }
  const text = JSON.stringify({ object: body.object, settings: body.settings, save: body.save })
  const row = [tenant, id, object, stage, version, pilot === null ? null : JSON.stringify(pilot), text, null]
  await session.put({ table: activeRuleTable, columns: ['tenant_id', ...columns, 'broken_at'] }, [row], 'replace')
}

const isNoticed: Predicate = { op: 'not', of: { op: 'isNull', operand: { column: 'broken_at', nullable: true } } }

const brokenRules: SelectPlan = {
  table: activeRuleTable,
  columns: ['decider', 'broken_at'],
  where: isNoticed,
  order: [],
  revision: false,
}

/** Since when rules are known not to fit any more, by decider, ms. */
export async function readBrokenSince(session: StoreSession, tenant: string): Promise<ReadonlyMap<string, number>> {
  return new Map((await session.select(brokenRules, [tenant])).map((row) => [String(row.decider), Number(row.broken_at)]))
}

/** Keeps since when a rule does not fit, or null where it does again; false where another process was faster. */
export async function keepBrokenSince(session: StoreSession, tenant: string, decider: string, at: number | null): Promise<boolean> {
  const ofDecider: Predicate = { op: 'eq', operand: column('decider'), param: 1 }
  const isNews: Predicate = at === null ? isNoticed : { op: 'not', of: isNoticed }
  const set = { table: activeRuleTable, columns: ['broken_at'] }
  return (await session.set(set, [at], { op: 'and', of: [ofDecider, isNews] }, [tenant, decider])) === 1
}

const parsed = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value)
