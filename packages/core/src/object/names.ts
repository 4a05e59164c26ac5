/** Names of objects: snake case, because tables are called after them. */
export const objectNamePattern = /^[a-z][a-z0-9_]{0,39}$/

/** Names of fields: camel case. */
export const fieldNamePattern = /^[a-z][A-Za-z0-9]{0,39}$/

/** What PostgreSQL allows an identifier. */
const longestIdentifier = 63

const systemNames = [
  'id',
  'version',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'deletedAt',
  'deletedBy',
  'ownerId',
  'teamId',
  'tenantId',
]
const derivedNames = ['ext', 'nameKey', 'nameCore', 'nameSort']
const recordNames = ['custom', 'related', 'and', 'or', 'not']
const engineNames = ['oid', 'rowid', 'ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid']
const languageNames = [
  'constructor',
  'prototype',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toString',
  'toLocaleString',
  'valueOf',
  'then',
  'toJSON',
]

const reserved = new Map<string, string>([
  ...systemNames.map((name): [string, string] => [name, 'every record has it already']),
  ...derivedNames.map((name): [string, string] => [name, 'the table uses a column of that name']),
  ...recordNames.map((name): [string, string] => [name, 'records and filters use the word']),
  ...engineNames.map((name): [string, string] => [name, 'databases use the word']),
  ...languageNames.map((name): [string, string] => [name, 'JavaScript gives it a meaning of its own']),
])

/** Why a field may not have this name, or null. */
export function fieldNameProblem(name: string): string | null {
  if (!fieldNamePattern.test(name)) {
    return `"${name.slice(0, 60)}" is no field name; use 1 to 40 letters and digits in camel case, starting with a lower-case letter`
  }
  const reason = reserved.get(name)
  return reason === undefined ? null : `"${name}" is reserved: ${reason}; choose another name`
}

/** `closeDate` → `close_date`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** `closeDate` → `Close date`, for fields without a label. */
export function spokenName(name: string): string {
  const words = snakeCase(name).replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A database identifier of these parts; too long ones end in a digest of the whole, so that they stay apart. */
export function identifier(...parts: readonly string[]): string {
  const whole = parts.join('_')
  if (whole.length <= longestIdentifier) return whole
  const last = parts.at(-1) ?? ''
  const ending = last === 'idx' || last === 'key' ? `_${digest(whole)}_${last}` : `_${digest(whole)}`
  return whole.slice(0, longestIdentifier - ending.length) + ending
}

/** FNV-1a: names need telling apart, not protection, and this file is used in browsers. */
function digest(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
