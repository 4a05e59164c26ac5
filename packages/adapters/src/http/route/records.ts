import { crmError, type Query } from '@guanxi/core'
import { recordReply } from '../reply/record.ts'
import { empty, json, type Reply } from '../reply/reply.ts'
import { hasBody, readObject } from '../request/body.ts'
import { flag, jsonObject, list, oneOf, wholeNumber } from '../request/parameter.ts'
import { idempotencyOf, versionOf } from '../request/precondition.ts'
import { readQuery } from '../request/query.ts'
import { closedKeys } from '../request/shape.ts'
import { listLimits, recordLimits } from './limits.ts'
import { type Call, param } from './route.ts'

const findParameters = ['where', 'search', 'sort', 'limit', 'cursor', 'skip', 'fields', 'expand', 'count', 'deleted'] as const

export async function findRecords(call: Call): Promise<Reply> {
  const asked = readQuery(call.exchange.query, findParameters)
  const query: Query = {
    where: jsonObject('where', asked.where),
    search: asked.search,
    sort: list('sort', asked.sort, listLimits.sort),
    limit: wholeNumber('limit', asked.limit, 1, 500),
    cursor: asked.cursor,
    skip: wholeNumber('skip', asked.skip, 0, 1_000_000),
    fields: list('fields', asked.fields, listLimits.fields),
    expand: list('expand', asked.expand, listLimits.expand),
    count: flag('count', asked.count),
    deleted: oneOf('deleted', asked.deleted, ['exclude', 'only']),
  }
  return json(await recordsOf(call).find(query))
}

export async function getRecord(call: Call): Promise<Reply> {
  const asked = readQuery(call.exchange.query, ['fields', 'expand'])
  const fields = list('fields', asked.fields, listLimits.fields)
  const expand = list('expand', asked.expand, listLimits.expand)
  return recordReply(await recordsOf(call).get(param(call, 'id'), { fields, expand }))
}

export async function createRecord(call: Call): Promise<Reply> {
  const { exchange, settings } = call
  readQuery(exchange.query, [])
  const options = idempotencyOf(exchange)
  const values = await readObject(exchange, recordLimits(settings))
  const record = await recordsOf(call).create(values, options)
  const location = `${exchange.mount}/api/records/${param(call, 'object')}/${encodeURIComponent(record.id)}`
  return recordReply(record, 201, { location })
}

export async function updateRecord(call: Call): Promise<Reply> {
  const { exchange, settings } = call
  readQuery(exchange.query, [])
  const target = targetOf(call)
  const options = idempotencyOf(exchange)
  const patch = await readObject(exchange, recordLimits(settings))
  return recordReply(await recordsOf(call).update(target, patch, options))
}

export async function removeRecord(call: Call): Promise<Reply> {
  const { exchange } = call
  readQuery(exchange.query, [])
  const target = targetOf(call)
  const options = idempotencyOf(exchange)
  if (hasBody(exchange)) await nothing(call)
  await recordsOf(call).remove(target, options)
  return empty()
}

export async function restoreRecord(call: Call): Promise<Reply> {
  const { exchange } = call
  readQuery(exchange.query, [])
  const target = targetOf(call)
  const options = idempotencyOf(exchange)
  await nothing(call)
  return recordReply(await recordsOf(call).restore(target, options))
}

function recordsOf(call: Call) {
  return call.session.records(param(call, 'object'))
}

function targetOf(call: Call): { id: string; version: number | 'any' } {
  return { id: param(call, 'id'), version: versionOf(call.exchange) }
}

/** The body `{}`. */
async function nothing({ exchange, settings }: Call): Promise<void> {
  closedKeys(await readObject(exchange, recordLimits(settings)), [])
}

/** A value the actor sees masked; who asked is written down. */
export async function revealField(call: Call): Promise<Reply> {
  const { exchange, session, settings } = call
  readQuery(exchange.query, [])
  const body = await readObject(exchange, recordLimits(settings))
  closedKeys(body, ['field'])
  const { field } = body
  if (typeof field !== 'string') throw crmError('BODY_INVALID', { expected: '{ field: string }' }, { path: '/field' })
  return json({ value: (await session.records(param(call, 'object')).reveal(param(call, 'id'), field)) ?? null })
}
