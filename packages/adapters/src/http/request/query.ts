import { crmError } from '@guanxi/core'

const lengthLimit = 16_384
const nameShown = 100

/** Parameters of a query string whose names are known; anything else, and anything twice, is refused by name. */
export function readQuery<Name extends string>(query: string, names: readonly Name[]): Readonly<Partial<Record<Name, string>>> {
  if (query.length > lengthLimit) throw crmError('LIMIT_EXCEEDED', { what: 'URL', limit: lengthLimit })
  const found: Partial<Record<Name, string>> = {}
  if (query === '') return found
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    const known = names.find((one) => one === name)
    if (known === undefined || Object.hasOwn(found, known)) throw unknownParameter(name ?? pair)
    const value = decode(equals < 0 ? '' : pair.slice(equals + 1))
    if (value === null) throw invalidParameter(known, 'UTF-8')
    found[known] = value
  }
  return found
}

/** A parameter nobody asked for: dropping it could widen a result. */
export function unknownParameter(name: string, path: string | null = null): Error {
  return crmError('PARAMETER_UNKNOWN', { name: name.slice(0, nameShown) }, { path })
}

/** A parameter of the wrong form; `form` is notation, the same in every language. */
export function invalidParameter(name: string, form: string): Error {
  return crmError('PARAMETER_INVALID', { name, reason: form })
}

function decode(raw: string): string | null {
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '))
  } catch {
    return null
  }
}
