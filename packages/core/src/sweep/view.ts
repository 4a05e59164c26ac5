import type { DeciderView } from '../decider/deciders.ts'
import type { Scope } from '../scope/scope.ts'
import { nowOf } from '../scope/scope.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { isSame, type Life } from './life.ts'
import { instantsAfter, isLive, zoneOfTimes } from './timing.ts'

const instantsShown = 5

/** A decider as its readers see it. */
export function viewOf(scope: Scope, tenant: Tenant, life: Life, brokenSince: ReadonlyMap<string, number> = new Map()): DeciderView {
  const { id, versions, steps, stage, current, pilot, code, schedule } = life
  const [step] = steps
  const { times } = schedule
  const fault = current.save ? scope.kernel.rules.broken(scope, tenant, current.object, id) : null
  const zone = zoneOfTimes(times, scope.kernel.zoneOf(tenant))
  return {
    id,
    kind: current.save?.kind ?? (current.allocation ? 'allocation' : 'condition'),
    object: current.object,
    label: current.label,
    stage,
    version: current.version,
    versions: versions.length,
    pilot,
    since: step?.at ?? null,
    by: step?.by ?? null,
    codeIsNewer: code !== null && !versions.some((version) => isSame(version, code)),
    broken: fault && { ...fault, since: brokenSince.get(id) ?? null },
    schedule: {
      ...schedule,
      zone,
      next: times && isLive(stage) ? instantsAfter(times, nowOf(scope), zone, instantsShown) : [],
    },
  }
}
