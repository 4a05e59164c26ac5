import type { DeciderCase, DeciderCases, DeciderPreview } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import { isUuid } from '../id/uuid7.ts'
import type { Scope } from '../scope/scope.ts'
import { breachesOf, sealToken } from '../sweep/blast.ts'
import { sampleLimit } from '../sweep/preview.ts'
import { wayThrough } from '../sweep/way.ts'
import type { CompiledAllocation } from './compile.ts'
import { caseOf, countAll, foldAll } from './count.ts'

/** What a run of an allocation would do at an instant. Nothing is written. */
export async function previewAllocation(
  scope: Scope,
  decider: CompiledAllocation,
  at: number,
  now: number,
  sample = 20,
): Promise<DeciderPreview> {
  if (!Number.isInteger(sample) || sample < 0 || sample > sampleLimit)
    throw crmError('PARAMETER_INVALID', { name: 'sample', reason: `it must be 0 to ${sampleLimit}` }, { path: '/sample' })
  return describeAllocation(scope, decider, at, now, await countAll(scope, decider, at, 'live', sample))
}

/** Numbers that have been counted, as a preview. */
export function describeAllocation(
  scope: Scope,
  decider: CompiledAllocation,
  at: number,
  now: number,
  { numbers, cases, metrics }: Awaited<ReturnType<typeof countAll>>,
): DeciderPreview {
  const breaches = breachesOf(decider, numbers)
  const { considered, affected } = numbers
  return {
    decider: decider.id,
    version: decider.version,
    at,
    ...numbers,
    metrics,
    share: considered === 0 ? 0 : affected / considered,
    sample: cases,
    breaches,
    token: breaches.length > 0 ? sealToken(scope, decider, numbers, now) : null,
    path: wayThrough(scope, { ...decider, object: decider.body.object }),
  }
}

/** A part of all cases, in the order they are decided in. */
export async function casesOfAllocation(
  scope: Scope,
  decider: CompiledAllocation,
  at: number,
  { after = null, limit }: { readonly after: string | undefined | null; readonly limit: number },
): Promise<DeciderCases> {
  if (after !== null && !isUuid(after)) throw crmError('CURSOR_INVALID', {}, { path: '/after' })
  const cases: DeciderCase[] = []
  let isPast = after === null
  await foldAll(scope, decider, at, 'live', (record, decision) => {
    if (isPast && decision.set !== null) cases.push(caseOf(decider, record, decision))
    isPast ||= record.id === after
    return cases.length > limit
  })
  const shown = cases.slice(0, limit)
  return { cases: shown, after: cases.length > limit ? (shown.at(-1)?.id ?? null) : null }
}
