import type { Crm, Identity } from '@guanxi/core'
import type { Exchange } from './exchange.ts'
import type { Settings } from './options.ts'
import { failure } from './reply/failure.ts'
import { headOf, type Reply } from './reply/reply.ts'
import { segmentsOf } from './request/path.ts'
import { requireSameOrigin } from './request/same-origin.ts'
import { matchRoute } from './route/match.ts'
import { routes } from './route/table.ts'

/** Answers requests, whatever host they come from: path → method → origin → identity → the route. */
export function responder(crm: Crm<never>, settings: Settings): (exchange: Exchange) => Promise<Reply> {
  return async (exchange) => {
    const reader = { locale: exchange.header('accept-language') ?? undefined }
    const meet = (identity: Identity): void => {
      reader.locale = identity.locale ?? reader.locale
    }
    const reply = await answer(crm, settings, exchange, meet).catch((error: unknown) => failure(error, reader.locale, settings.log))
    return exchange.method === 'HEAD' ? headOf(reply) : reply
  }
}

async function answer(crm: Crm<never>, settings: Settings, exchange: Exchange, meet: (identity: Identity) => void): Promise<Reply> {
  const { route, params } = matchRoute(routes, segmentsOf(exchange.path), exchange.method)
  if (route.access === 'public') return route.answer({ exchange, params })
  if (route.access === 'signed') return route.answer({ exchange, params, crm })
  if (route.method !== 'GET') requireSameOrigin(exchange, settings.trustedOrigins)
  const identity = await crm.identify(exchange.original as never)
  meet(identity)
  return route.answer({ exchange, params, crm, settings, identity, session: crm.as(identity) })
}
