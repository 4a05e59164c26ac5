import { type BulkTarget, crmError, type RecordChange, type Records } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { readObject } from '../request/body.ts'
import { isObject } from '../request/parameter.ts'
import { idempotencyOf } from '../request/precondition.ts'
import { readQuery } from '../request/query.ts'
import { closedKeys, pointer } from '../request/shape.ts'
import { bulkLimits } from './limits.ts'
import { type Call, param } from './route.ts'

type Json = Readonly<Record<string, unknown>>
type Options = ReturnType<typeof idempotencyOf>

const shape =
  '{ create: [{…}] } | { update: { ids | where, maxAffected, set } } | { updateEach: [{ id, version, set }] } | { remove: { ids | where, maxAffected } }'

/** Many records in one unit: all of it or nothing. */
export async function bulk(call: Call): Promise<Reply> {
  const { exchange, settings, session } = call
  readQuery(exchange.query, [])
  const options = idempotencyOf(exchange)
  const body = await readObject(exchange, bulkLimits(settings))
  closedKeys(body, ['create', 'update', 'updateEach', 'remove'])
  const [operation, ...others] = Object.entries(body)
  if (!operation || others.length > 0) throw wrongShape('')
  const records = session.records(param(call, 'object'))
  const { ids } = await run(records, operation, options)
  return json({ ids })
}

function run(records: Records, [name, input]: [string, unknown], options: Options): Promise<{ ids: string[] }> {
  if (name === 'create') return records.createMany(rowsOf(input), options)
  if (name === 'updateEach') return records.updateEach(changesOf(input), options)
  if (!isObject(input)) throw wrongShape(name)
  if (name === 'remove') return records.removeMany(targetOf(name, input, []), options)
  return records.updateMany(targetOf(name, input, ['set']), objectOf(name, 'set', input.set), options)
}

function rowsOf(input: unknown, name = 'create'): readonly Json[] {
  if (!Array.isArray(input)) throw wrongShape(name)
  return input.map((row: unknown, index) => objectOf(name, String(index), row))
}

function changesOf(input: unknown): RecordChange[] {
  return rowsOf(input, 'updateEach').map((change, index) => {
    const path = `updateEach/${index}`
    closedKeys(change, ['id', 'version', 'set'], `/${path}`)
    const { id, version, set } = change
    if (typeof id !== 'string') throw wrongShape(`${path}/id`)
    if (version !== 'any' && !Number.isSafeInteger(version)) throw wrongShape(`${path}/version`)
    return { id, version: version as RecordChange['version'], set: objectOf(path, 'set', set) }
  })
}

function targetOf(name: string, input: Json, more: readonly string[]): BulkTarget {
  closedKeys(input, ['ids', 'where', 'maxAffected', ...more], `/${name}`)
  const { ids, where, maxAffected } = input
  if (!Number.isSafeInteger(maxAffected)) throw wrongShape(`${name}/maxAffected`)
  if (ids !== undefined && !isTexts(ids)) throw wrongShape(`${name}/ids`)
  return { ids, where: where === undefined ? undefined : objectOf(name, 'where', where), maxAffected: Number(maxAffected) }
}

function objectOf(name: string, key: string, value: unknown): Json {
  if (isObject(value)) return value
  throw wrongShape(`${name}/${pointer(key)}`)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function wrongShape(path: string): Error {
  return crmError('BODY_INVALID', { expected: shape }, { path: path === '' ? null : `/${path}` })
}
