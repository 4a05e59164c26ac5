import { crmError } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { readObject } from '../request/body.ts'
import { oneOf, wholeNumber } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import { closedKeys } from '../request/shape.ts'
import { recordLimits } from './limits.ts'
import { type Call, param } from './route.ts'

const states = ['waiting', 'running', 'dead'] as const
const mostListed = 200

/** How consumers, jobs and schedules are doing. */
export async function workHealth({ exchange, session }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  return json(await session.operations.health())
}

/** Jobs of the tenant. */
export async function listJobs({ exchange, session }: Call): Promise<Reply> {
  const { state, job, limit, cursor } = readQuery(exchange.query, ['state', 'job', 'limit', 'cursor'])
  const page = { limit: wholeNumber('limit', limit, 1, mostListed), cursor }
  return json(await session.operations.jobs({ state: oneOf('state', state, states), job, ...page }))
}

/** Makes a job due now. */
export async function replayJob(call: Call): Promise<Reply> {
  await nothingSent(call)
  return json({ done: await call.session.operations.replayJob(param(call, 'id')) })
}

/** Takes a job away. */
export async function dropJob(call: Call): Promise<Reply> {
  await nothingSent(call)
  return json({ done: await call.session.operations.dropJob(param(call, 'id')) })
}

/** Changes that consumers could not digest. */
export async function listParked({ exchange, session }: Call): Promise<Reply> {
  const { consumer, limit, cursor } = readQuery(exchange.query, ['consumer', 'limit', 'cursor'])
  return json(await session.operations.parked({ consumer, limit: wholeNumber('limit', limit, 1, mostListed), cursor }))
}

/** Tries what is parked of a record now. */
export async function replayParked(call: Call): Promise<Reply> {
  const { consumer, recordId } = await texts(call, ['consumer', 'recordId'])
  return json({ done: await call.session.operations.replayParked(consumer, recordId) })
}

/** A consumer never hears of a change. */
export async function dropParked(call: Call): Promise<Reply> {
  const { consumer, changeId } = await texts(call, ['consumer', 'changeId'])
  return json({ done: await call.session.operations.dropParked(consumer, changeId) })
}

async function nothingSent({ exchange, settings }: Call): Promise<void> {
  readQuery(exchange.query, [])
  closedKeys(await readObject(exchange, recordLimits(settings)), [])
}

async function texts<K extends string>({ exchange, settings }: Call, keys: readonly K[]): Promise<Record<K, string>> {
  readQuery(exchange.query, [])
  const body = await readObject(exchange, recordLimits(settings))
  closedKeys(body, keys)
  for (const key of keys)
    if (typeof body[key] !== 'string') throw crmError('BODY_INVALID', { expected: `{ ${keys.join(', ')} }` }, { path: `/${key}` })
  return body as Record<K, string>
}
