import { crmError } from '@guanxi/core'
import type { Route } from './route.ts'

/** The route of a path and method. HEAD is answered by GET. */
export function matchRoute(
  routes: readonly Route[],
  segments: readonly string[],
  method: string,
): { route: Route; params: Record<string, string> } {
  const matches = routes.flatMap((route) => {
    const params = matchPattern(route.pattern, segments)
    return params ? [{ route, params }] : []
  })
  if (matches.length === 0) throw crmError('NOT_FOUND')
  const wanted = method === 'HEAD' ? 'GET' : method
  const match = matches.find(({ route }) => route.method === wanted)
  if (match) return match
  throw methodNotAllowed(
    method,
    matches.map(({ route }) => route.method),
  )
}

/** 405, with the methods that the address does support. */
export function methodNotAllowed(method: string, supported: readonly string[]): Error {
  const allowed = new Set(supported.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])))
  return crmError('METHOD_NOT_ALLOWED', { method: method.slice(0, 20), allowed: [...allowed].join(', ') })
}

function matchPattern(pattern: string, segments: readonly string[]): Record<string, string> | null {
  const parts = pattern.split('/')
  const rest = parts.at(-1)?.startsWith('*') ? parts.pop() : undefined
  if (rest ? segments.length <= parts.length : segments.length !== parts.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? ''
    if (segment === '') return null
    if (part.startsWith(':')) params[part.slice(1)] = segment
    else if (part !== segment) return null
  }
  const tail = segments.slice(parts.length)
  if (tail.includes('')) return null
  return rest ? { ...params, [rest.slice(1)]: tail.join('/') } : params
}
