import { tellChange } from '../change/decode-change.ts'
import type { ChangeEntry } from '../record/records.ts'
import { systemScope } from '../scope/system-scope.ts'
import type { RawRow } from '../store/port.ts'
import type { Tenant } from '../tenant/tenants.ts'
import type { Kernel } from './kernel.ts'

/**
 * Reads rows of the log as their tenant's API spells them, so that the tenant's own fields have their names. No promise where the tenant
 * is known: a log is read faster than promises are kept.
 */
export function rowDecoder(kernel: Kernel): (row: RawRow) => ChangeEntry | Promise<ChangeEntry> {
  const objects = new Set(kernel.contributions.objects.map(({ handle }) => handle.name))
  return (row) => {
    const object = String(row.object)
    if (!objects.has(object)) throw new Error(`No plugin defines ${object} any more.`)
    const decode = (tenant: Tenant): ChangeEntry => tellChange(row, tenant.runtime(object).definition)
    const tenant = kernel.tenants.get(systemScope(kernel, String(row.tenant_id)))
    return tenant instanceof Promise ? tenant.then(decode) : decode(tenant)
  }
}
