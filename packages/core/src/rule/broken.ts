import type { DeciderFault } from '../decider/deciders.ts'
import { CrmError } from '../error/crm-error.ts'
import type { Scope } from '../scope/scope.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { rulesOf } from './rules-of.ts'

/** Why a decider that is switched on leaves saves alone; null where it does not. */
export function brokenBy(scope: Scope, tenant: Tenant, object: string, decider: string): Omit<DeciderFault, 'since'> | null {
  const error = rulesOf(scope, tenant, object)?.broken.get(decider)
  if (error === undefined) return null
  if (!(error instanceof CrmError)) return { code: 'DECIDER_INVALID', message: { 'zh-CN': String(error), en: String(error) }, path: null }
  const { code, path } = error
  return { code, message: { 'zh-CN': error.toBody('zh-CN').message, en: error.toBody('en').message }, path }
}
