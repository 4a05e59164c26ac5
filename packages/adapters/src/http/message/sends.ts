import { crmError, type MessageSend, type MessageState, type MessageText } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { readObject } from '../request/body.ts'
import { isObject, oneOf, wholeNumber } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import { closedKeys } from '../request/shape.ts'
import { recordLimits } from '../route/limits.ts'
import { type Call, param } from '../route/route.ts'

const states = ['queued', 'sending', 'sent', 'failed', 'suppressed', 'unknown'] as const satisfies readonly MessageState[]

/** What was sent to whom, and what became of it. */
export async function findSends(call: Call): Promise<Reply> {
  const { recipient, state, template, limit, cursor } = readQuery(call.exchange.query, [
    'recipient',
    'state',
    'template',
    'limit',
    'cursor',
  ])
  const found = await call.session.messages.find({
    recipient,
    state: oneOf('state', state, states),
    template,
    limit: wholeNumber('limit', limit, 1, 200),
    cursor,
  })
  return json({ sends: found.sends.map((send) => shown(call, send)), cursor: found.cursor })
}

/** Sends again what failed or is unknown. */
export async function resendMessage(call: Call): Promise<Reply> {
  await nothing(call)
  return json(shown(call, await call.session.messages.resend(param(call, 'id'))))
}

/** Gives up what waits, failed or is unknown. */
export async function dropMessage(call: Call): Promise<Reply> {
  await nothing(call)
  return json(shown(call, await call.session.messages.drop(param(call, 'id'))))
}

/** Messages there are, with the tenant's own words. */
export async function messageTemplates({ exchange, session }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  return json({ templates: await session.messages.templates() })
}

/** How a message would look. Nothing is sent or kept. */
export async function previewMessage({ exchange, session, settings }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  const body = await readObject(exchange, recordLimits(settings))
  closedKeys(body, ['template', 'locale', 'text', 'data', 'channel'])
  const { template, locale, text, data, channel } = body
  const isText = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string'
  const fits = typeof template === 'string' && isText(locale) && isText(channel) && (data === undefined || isObject(data))
  if (!fits) throw crmError('BODY_INVALID', { expected: '{ template, locale?, text?, data?, channel? }' })
  return json(await session.messages.preview({ template, locale, text: text as MessageText | null | undefined, data, channel }))
}

async function nothing({ exchange, settings }: Call): Promise<void> {
  readQuery(exchange.query, [])
  closedKeys(await readObject(exchange, recordLimits(settings)), [])
}

function shown({ identity, exchange }: Call, send: MessageSend): unknown {
  const view = { locale: identity.locale ?? exchange.header('accept-language') }
  return { ...send, reason: send.reason?.toBody(view) ?? null }
}
