import { isTextId } from '../access/to-actor.ts'
import { CrmError, crmError } from '../error/crm-error.ts'
import type { SettingCatalogue } from './catalogue.ts'
import { valueProblem } from './check-value.ts'
import { settingLevels } from './setting.ts'
import type { SettingChange } from './settings.ts'
import type { SettingRow } from './snapshot.ts'

/** Changes of one call, at most. */
export const settingLimits = { changes: 10_000, people: 1_000 } as const

const keys = new Set(['key', 'level', 'target', 'value', 'unset'])

/** The rows that changes make; everything wrong with them is answered at once, each problem with its path. */
export function rowsOfChanges(
  catalogue: SettingCatalogue,
  changes: readonly SettingChange[],
  stamp: Pick<SettingRow, 'version' | 'at' | 'by'>,
): SettingRow[] {
  if (!Array.isArray(changes) || changes.length === 0) throw invalid('changes', 'a list of changes is expected', '/changes')
  if (changes.length > settingLimits.changes)
    throw crmError('LIMIT_EXCEEDED', { what: 'changes', limit: settingLimits.changes }, { path: '/changes' })
  const issues: CrmError[] = []
  const rows = changes.flatMap((change: SettingChange, index) => {
    try {
      return rowOf(catalogue, change, `/changes/${index}`, stamp)
    } catch (error) {
      if (!(error instanceof CrmError)) throw error
      issues.push(error)
      return []
    }
  })
  const places = rows.map(({ key, level, target }) => JSON.stringify([key, level, target]))
  const twice = places.findIndex((place, index) => places.indexOf(place) !== index)
  if (issues.length === 0 && twice >= 0) issues.push(invalid('changes', 'one value is changed twice', `/changes/${twice}`))
  if (issues.length === 0) return rows
  throw crmError('VALIDATION_FAILED', { count: issues.length }, { details: { issues: issues.slice(0, 1_000) } })
}

function rowOf(
  catalogue: SettingCatalogue,
  change: SettingChange,
  path: string,
  stamp: Pick<SettingRow, 'version' | 'at' | 'by'>,
): SettingRow {
  if (typeof change !== 'object' || change === null) throw invalid('changes', 'each change is an object', path)
  const stranger = Object.keys(change).find((key) => !keys.has(key))
  if (stranger !== undefined) throw crmError('PARAMETER_UNKNOWN', { name: stranger.slice(0, 100) }, { path })
  const { key, level, target = '', value, unset = false } = change
  const { definition } = catalogue.require(key, `${path}/key`)
  if (!(definition.levels ?? settingLevels).includes(level))
    throw invalid('level', `“${String(level)}” is no level of ${key}`, `${path}/level`)
  if (level === 'organisation' ? target !== '' : !isTextId(target)) {
    throw invalid(
      'target',
      level === 'organisation' ? 'the organisation has no id' : `the id of the ${level} is expected`,
      `${path}/target`,
    )
  }
  if (unset === (value !== undefined)) throw invalid('value', 'give a value (null for no limit), or unset', `${path}/value`)
  const problem = unset ? null : valueProblem(definition, value)
  if (problem) throw invalid(key, problem, `${path}/value`)
  return { key, level, target, ...(!unset && { value }), ...stamp }
}

function invalid(name: string, reason: string, path: string): CrmError {
  return crmError('PARAMETER_INVALID', { name, reason }, { path })
}
