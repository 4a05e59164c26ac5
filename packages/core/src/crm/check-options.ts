import { type CrmError, crmError } from '../error/crm-error.ts'
import type { CrmOptions } from './crm.ts'

const known: Readonly<Record<keyof CrmOptions, true>> = {
  store: true,
  plugins: true,
  standard: true,
  identify: true,
  tenant: true,
  access: true,
  migrate: true,
  clock: true,
  country: true,
  timeZone: true,
  concurrency: true,
  channels: true,
  webhooks: true,
  recordUrl: true,
  log: true,
}

/** Says what is wrong with a host's options where no compiler did. Throws OPTION_INVALID. */
export function checkOptions(options: CrmOptions<never>): void {
  if (typeof options !== 'object' || options === null) throw invalid('store', storeNeeded)
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name))
  if (unknown !== undefined) throw invalid(unknown, `createCrm does not know it; it knows ${Object.keys(known).join(', ')}`)
  const { store, plugins, identify, tenant, migrate } = options
  if (!isStore(store)) throw invalid('store', storeNeeded)
  if (plugins !== undefined && !Array.isArray(plugins)) throw invalid('plugins', 'it must be a list, such as [importing()]')
  if (identify !== undefined && typeof identify !== 'function') throw invalid('identify', 'it must be a function of the request')
  if (tenant !== undefined && (typeof tenant !== 'string' || tenant === '')) throw invalid('tenant', 'it must be text')
  if (migrate !== undefined && !['apply', 'check', 'off'].includes(migrate)) throw invalid('migrate', 'it must be apply, check or off')
}

const storeNeeded = "it must be a store, such as sqlite('crm.db') or postgres('postgres://…') of @guanxi/adapters"

function isStore(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'open' in value && typeof value.open === 'function'
}

function invalid(option: string, reason: string): CrmError {
  return crmError('OPTION_INVALID', { option, reason })
}
