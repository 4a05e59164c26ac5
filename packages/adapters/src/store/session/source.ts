import { type CrmError, crmError } from '@guanxi/core'

const scheme = /^([a-z][a-z0-9+.-]*):\/\//i
const postgresForms = /^(postgres(ql)?:\/\/|socket:|\/)/i

/** The address of a PostgreSQL server, or what was given instead. Passwords are never repeated. */
export function requirePostgresSource(source: unknown): void {
  const isConfiguration = typeof source === 'object' && source !== null
  if (isConfiguration || (typeof source === 'string' && postgresForms.test(source))) return
  throw invalid('postgres()', `it takes a URL that starts with postgres://, a configuration of pg or a knex, not ${told(source)}`)
}

/** The name of a SQLite file, or what was given instead. */
export function requireSqliteSource(source: unknown): void {
  const isFile = typeof source === 'string' && source !== '' && /^file$/i.test(scheme.exec(source)?.[1] ?? 'file')
  if (isFile) return
  const other = typeof source === 'string' && postgresForms.test(source) && scheme.test(source) ? '; postgres() takes that' : ''
  throw invalid('sqlite()', `it takes the name of a file, :memory: or a knex, not ${told(source)}${other}`)
}

export function requireSqliteDriver(driver: unknown): void {
  if (driver === undefined || driver === 'sqlite3' || driver === 'better-sqlite3') return
  throw invalid('driver', `it must be sqlite3 or better-sqlite3, not ${told(driver)}`)
}

function told(value: unknown): string {
  if (typeof value !== 'string') return value === null ? 'null' : typeof value
  if (value === '') return 'an empty text'
  const [, protocol] = scheme.exec(value) ?? []
  return protocol === undefined ? `“${value}”` : `${protocol}://…`
}

function invalid(option: string, reason: string): CrmError {
  return crmError('OPTION_INVALID', { option, reason })
}
