import { crmError } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { readBytes, readObject } from '../request/body.ts'
import { readQuery } from '../request/query.ts'
import { closedKeys } from '../request/shape.ts'
import { recordLimits } from '../route/limits.ts'
import { type Call, param, type SignedCall } from '../route/route.ts'

/** More than any hook takes; each has a limit of its own below it. */
const mostBytes = 1_000_000

/** Takes in what somebody outside tells. No cookie counts here: the signature does. */
export async function receiveHook({ exchange, params, crm }: SignedCall): Promise<Reply> {
  const body = await readBytes(exchange, mostBytes)
  const { hook = '', tenant } = params
  return json(await crm.receive({ hook, header: exchange.header, body, ...(tenant !== undefined && { tenant }) }), 202)
}

/** What comes in, and how old the secrets are. */
export async function inboundHooks({ exchange, session }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  return json({ hooks: await session.inbounds.list() })
}

/** A new secret, told this once. */
export async function rotateInbound(call: Call): Promise<Reply> {
  readQuery(call.exchange.query, [])
  const body = await readObject(call.exchange, recordLimits(call.settings))
  closedKeys(body, ['overlapHours', 'secret'])
  const { overlapHours, secret } = body
  const fits = (overlapHours === undefined || typeof overlapHours === 'number') && (secret === undefined || typeof secret === 'string')
  if (!fits) throw crmError('BODY_INVALID', { expected: '{ overlapHours?, secret? }' })
  const given = { ...(overlapHours !== undefined && { overlapHours }), ...(secret !== undefined && { secret }) }
  return json({ secret: await call.session.inbounds.rotate(param(call, 'hook'), given) })
}
