import { crmError, type DeliveryState, type WebhookInput } from '@guanxi/core'
import { empty, json, type Reply } from '../reply/reply.ts'
import { hasBody, readObject } from '../request/body.ts'
import { oneOf, wholeNumber } from '../request/parameter.ts'
import { versionOf } from '../request/precondition.ts'
import { readQuery } from '../request/query.ts'
import { closedKeys } from '../request/shape.ts'
import { recordLimits } from '../route/limits.ts'
import { type Call, param } from '../route/route.ts'

const states = ['pending', 'delivered', 'failed', 'skipped'] as const satisfies readonly DeliveryState[]

/** Webhooks that the reader may see. */
export async function listWebhooks({ exchange, session }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  return json({ webhooks: await session.webhooks.list() })
}

export async function getWebhook({ exchange, session, params }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  return json(await session.webhooks.get(params.id ?? ''))
}

/** Makes a webhook; its secret is told this once. */
export async function createWebhook(call: Call): Promise<Reply> {
  return json(await call.session.webhooks.create((await bodyOf(call)) as unknown as WebhookInput), 201)
}

export async function updateWebhook(call: Call): Promise<Reply> {
  const target = { id: param(call, 'id'), version: versionOf(call.exchange) }
  return json(await call.session.webhooks.update(target, (await bodyOf(call)) as Partial<WebhookInput>))
}

export async function removeWebhook(call: Call): Promise<Reply> {
  const { exchange, session } = call
  readQuery(exchange.query, [])
  if (hasBody(exchange)) await nothing(call)
  await session.webhooks.remove({ id: param(call, 'id'), version: versionOf(exchange) })
  return empty()
}

export async function pauseWebhook(call: Call): Promise<Reply> {
  await nothing(call)
  return json(await call.session.webhooks.pause(param(call, 'id')))
}

export async function resumeWebhook(call: Call): Promise<Reply> {
  await nothing(call)
  return json(await call.session.webhooks.resume(param(call, 'id')))
}

/** A new secret, told this once. */
export async function rotateWebhook(call: Call): Promise<Reply> {
  const body = await bodyOf(call)
  closedKeys(body, ['overlapHours'])
  const { overlapHours } = body
  if (overlapHours !== undefined && typeof overlapHours !== 'number') throw crmError('BODY_INVALID', { expected: '{ overlapHours? }' })
  return json(await call.session.webhooks.rotate(param(call, 'id'), overlapHours === undefined ? {} : { overlapHours }))
}

export async function pingWebhook(call: Call): Promise<Reply> {
  await nothing(call)
  return json(await call.session.webhooks.ping(param(call, 'id')), 202)
}

/** What it was told, the newest first. */
export async function listDeliveries(call: Call): Promise<Reply> {
  const { state, limit, cursor } = readQuery(call.exchange.query, ['state', 'limit', 'cursor'])
  const page = { state: oneOf('state', state, states), limit: wholeNumber('limit', limit, 1, 200), cursor }
  return json(await call.session.webhooks.deliveries(param(call, 'id'), page))
}

export async function redeliverOne(call: Call): Promise<Reply> {
  await nothing(call)
  return json(await call.session.webhooks.redeliver(param(call, 'id'), param(call, 'delivery')), 202)
}

/** Tells all of a span again. */
export async function redeliverSpan(call: Call): Promise<Reply> {
  const body = await bodyOf(call)
  closedKeys(body, ['from', 'to', 'state'])
  const { from, to, state } = body
  const fits = typeof from === 'number' && typeof to === 'number' && (state === undefined || state === 'failed' || state === 'delivered')
  if (!fits) throw crmError('BODY_INVALID', { expected: '{ from, to, state? }' })
  const count = await call.session.webhooks.redeliverSpan(param(call, 'id'), { from, to, ...(state && { state }) })
  return json({ count }, 202)
}

async function bodyOf({ exchange, settings }: Call): Promise<Readonly<Record<string, unknown>>> {
  readQuery(exchange.query, [])
  return readObject(exchange, recordLimits(settings))
}

async function nothing(call: Call): Promise<void> {
  closedKeys(await bodyOf(call), [])
}
