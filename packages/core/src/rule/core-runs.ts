import { expressionLimits } from '../expression/check/checker.ts'
import type { HookContext } from '../hook/hook.ts'
import type { ActionCase, ActionContext } from './action.ts'

/** As many as one filter may name. */
const atOnce = expressionLimits.list

/** Sets fields of the records that those of a write point to; each once, with the values of the last that points to it. */
export async function setRelated(cases: readonly ActionCase[], context: HookContext): Promise<void> {
  const byTarget = new Map<string, ActionCase>()
  for (const one of cases) {
    const target = pointedAt(one)
    if (target !== null) byTarget.set(target, one)
  }
  const bySet = Map.groupBy(byTarget, ([, { params }]) => JSON.stringify(params.values))
  for (const group of bySet.values()) {
    const [, first] = group[0] ?? []
    const ids = group.map(([id]) => id).sort()
    if (!first) continue
    // By a filter, so that records the one who saves may not change are left alone.
    for (let start = 0; start < ids.length; start += atOnce)
      await context
        .records(String(first.params.object))
        .updateMany(
          { where: { id: { in: ids.slice(start, start + atOnce) } } as never, maxAffected: atOnce },
          first.params.values as object,
        )
  }
}

function pointedAt({ record, params }: ActionCase): string | null {
  const name = String(params.through)
  const custom = record.custom as Readonly<Record<string, unknown>> | undefined
  const value = name.startsWith('custom.') ? custom?.[name.slice('custom.'.length)] : record[name]
  return typeof value === 'string' ? value : null
}

/** Tells a webhook of each record, once for each version of it. */
export async function tellWebhook(cases: readonly ActionCase[], context: ActionContext): Promise<void> {
  for (const { object, id, record, params, rule, because } of cases) {
    const data = { object, id, version: record.version, rule, because, values: params.values ?? {} }
    const key = `${rule.decider}/${rule.rule}/${id}/${String(record.version)}`
    await context.webhooks.send(String(params.webhook), { type: 'rule.fired', data, key, about: { object, id } })
  }
}

/** Creates a record for each one of the write. */
export async function createRecords(cases: readonly ActionCase[], context: HookContext): Promise<void> {
  for (const [object, group] of Map.groupBy(cases, ({ params }) => String(params.object)))
    await context.records(object).createMany(group.map(({ params }) => params.values as object))
}
