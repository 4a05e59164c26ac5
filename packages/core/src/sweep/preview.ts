import type { DeciderCases, DeciderPreview } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import { isUuid } from '../id/uuid7.ts'
import type { Scope } from '../scope/scope.ts'
import type { Locked } from '../write/locked-read.ts'
import { breachesOf, sealToken } from './blast.ts'
import { caseOf, dueRecords, ruleOf } from './cases.ts'
import type { CompiledDecider } from './compile-decider.ts'
import { contextAt } from './conditions.ts'
import { type Tally, tally } from './tally.ts'
import { wayOf } from './way.ts'

export const sampleLimit = 100

/** What a run would do at an instant. `scope` acts as the system; nothing is written. */
export async function previewDecider(
  scope: Scope,
  decider: CompiledDecider,
  at: number,
  now: number,
  sample = 20,
): Promise<DeciderPreview> {
  if (!Number.isInteger(sample) || sample < 0 || sample > sampleLimit)
    throw crmError('PARAMETER_INVALID', { name: 'sample', reason: `it must be 0 to ${sampleLimit}` }, { path: '/sample' })
  return describe(scope, decider, at, now, await tally(scope, decider, at), sample)
}

/** Numbers that have been counted, with a sample of what is behind them. */
export async function describe(
  scope: Scope,
  decider: CompiledDecider,
  at: number,
  now: number,
  numbers: Tally,
  sample: number,
): Promise<DeciderPreview> {
  const { considered, affected } = numbers
  const breaches = breachesOf(decider, numbers)
  const records = sample > 0 && affected > 0 ? await dueRecords(scope, decider, at, { after: null, limit: sample, lock: false }) : []
  return {
    decider: decider.id,
    version: decider.version,
    at,
    ...numbers,
    metrics: {},
    share: considered === 0 ? 0 : affected / considered,
    sample: casesOf(scope, decider, at, records),
    breaches,
    token: breaches.length > 0 ? sealToken(scope, decider, numbers, now) : null,
    path: wayOf(scope, decider),
  }
}

function casesOf(scope: Scope, decider: CompiledDecider, at: number, records: readonly Locked[]): DeciderPreview['sample'] {
  const context = contextAt(scope, decider.tenant, at)
  const zone = scope.kernel.zoneOf(decider.tenant)
  return records.flatMap((record) => {
    const rule = ruleOf(decider, record, context)
    return rule ? caseOf(decider, rule, record, context, zone) : []
  })
}

/** A part of all cases, by id. */
export async function pageOfCases(
  scope: Scope,
  decider: CompiledDecider,
  at: number,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<DeciderCases> {
  const { limit, after = null } = page
  if (after !== null && !isUuid(after)) throw crmError('CURSOR_INVALID', {}, { path: '/after' })
  const records = await dueRecords(scope, decider, at, { after, limit: limit + 1, lock: false })
  const shown = records.slice(0, limit)
  return { cases: casesOf(scope, decider, at, shown), after: records.length > limit ? (shown.at(-1)?.id ?? null) : null }
}
