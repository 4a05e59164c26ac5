import type { Kernel } from '../crm/kernel.ts'
import { crmError } from '../error/crm-error.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { parseDuration } from '../time/duration.ts'

const nobody = { person: null, roles: [], teams: [], places: [] }

/** The values that `{ setting: name }` stands for, as they are for the organisation. */
export function settingValues(kernel: Kernel, tenant: Tenant, settings: Readonly<Record<string, string>>): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(settings).map(([name, key]) => {
      const setting = kernel.settings.require(key)
      const value = tenant.settings.value(setting, nobody)
      return [name, setting.definition.type === 'duration' && typeof value === 'string' ? isoDuration(value) : value]
    }),
  )
}

/** An expression with its settings filled in. */
export function withSettings(logic: unknown, values: ReadonlyMap<string, unknown>): unknown {
  if (typeof logic !== 'object' || logic === null) return logic
  if (Array.isArray(logic)) return logic.map((part) => withSettings(part, values))
  const entries = Object.entries(logic)
  const [first] = entries
  if (first?.[0] === 'setting' && entries.length === 1) return namedValue(String(first[1]), values)
  return Object.fromEntries(entries.map(([key, part]) => [key, withSettings(part, values)]))
}

function namedValue(name: string, values: ReadonlyMap<string, unknown>): unknown {
  if (values.has(name)) return values.get(name)
  throw crmError('SETTING_UNKNOWN', { key: name.slice(0, 100) })
}

const isoUnits = { d: ['P', 'D'], h: ['PT', 'H'], m: ['PT', 'M'] } as const

/** Working time cannot be counted inside a database: such a clock keeps its deadline in a field, and a rule compares that. */
function isoDuration(text: string): string {
  const { amount, unit } = parseDuration(text)
  if (unit !== 'd' && unit !== 'h' && unit !== 'm')
    throw crmError('PARAMETER_INVALID', {
      name: 'settings',
      reason: `“${text}” counts working time; compare with a deadline kept in a field`,
    })
  const [before, after] = isoUnits[unit]
  return `${before}${amount}${after}`
}
