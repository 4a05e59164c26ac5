import { crmError } from '@guanxi/core'
import type { Exchange } from '../exchange.ts'

/** Schemes whose credentials a browser adds by itself; they prove nothing about who wrote the request. */
const ambientSchemes = /^(basic|digest|negotiate|ntlm)\b/i

/** Refuses state changes that a page of another site had the browser send. Requests of programs pass. */
export function requireSameOrigin({ header }: Pick<Exchange, 'header'>, trusted: ReadonlySet<string>): void {
  const authorization = header('authorization')
  if (authorization && !ambientSchemes.test(authorization.trim())) return
  const origin = header('origin')
  if (origin !== null && trusted.has(origin)) return
  const site = header('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return
  if (site === null && (origin === null || hostOf(origin) === (header('host') ?? '').toLowerCase())) return
  throw crmError('CSRF_REFUSED')
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
