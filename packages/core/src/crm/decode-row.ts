import { decodeChange } from '../change/decode-change.ts'
import type { ChangeEntry } from '../record/records.ts'
import { systemScope } from '../scope/system-scope.ts'
import type { RawRow } from '../store/port.ts'
import type { Kernel } from './kernel.ts'

/** A row of the log as its tenant's API spells it, so that the tenant's own fields have their names. */
export async function decodeRow(kernel: Kernel, row: RawRow): Promise<ChangeEntry> {
  const object = String(row.object)
  const { contributions, tenants } = kernel
  if (!contributions.objects.some(({ handle }) => handle.name === object)) throw new Error(`No plugin defines ${object} any more.`)
  const tenant = await tenants.get(systemScope(kernel, String(row.tenant_id)))
  return decodeChange(row, tenant.runtime(object).definition)
}
