import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type Employee, employeeById } from './people.ts'

export type Locale = 'zh-CN' | 'en'

const secret = process.env.SESSION_SECRET ?? randomBytes(32)
const week = 7 * 24 * 60 * 60

/** The cookie that says who somebody is; only we can sign it. */
export function sessionCookie(employee: Employee): string {
  return `harbor_session=${employee.id}.${sign(employee.id)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${week}`
}

export const endOfSession = 'harbor_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0'

export function localeCookie(locale: Locale): string {
  return `harbor_locale=${locale}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${52 * week}`
}

/** Who sends this request; null = nobody we know. */
export function whoIs(request: IncomingMessage): Employee | null {
  const [id = '', signature = ''] = (cookies(request).harbor_session ?? '').split('.')
  const expected = Buffer.from(sign(id))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected) ? employeeById(id) : null
}

/** The language they chose, else the browser's: whoever signs in here is a visitor, and stays in the language of the door. Else the person's. */
export function localeOf(request: IncomingMessage): Locale {
  const chosen = cookies(request).harbor_locale
  if (chosen === 'en' || chosen === 'zh-CN') return chosen
  const known = request.headers['accept-language'] || (whoIs(request)?.locale ?? 'zh-CN')
  return known.startsWith('zh') ? 'zh-CN' : 'en'
}

function sign(text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url')
}

function cookies(request: IncomingMessage): Partial<Record<string, string>> {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
  return Object.fromEntries(pairs.map(([name = '', ...value]) => [name, value.join('=')]))
}
