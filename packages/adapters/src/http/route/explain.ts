import { json, type Reply } from '../reply/reply.ts'
import { jsonObject } from '../request/parameter.ts'
import { invalidParameter, readQuery } from '../request/query.ts'
import { type Call, param } from './route.ts'

/** Why a record is among those a filter finds, or is not. */
export async function explain(call: Call): Promise<Reply> {
  const where = jsonObject('where', readQuery(call.exchange.query, ['where']).where)
  if (where === undefined) throw invalidParameter('where', 'JSON {…}')
  return json(await call.session.records(param(call, 'object')).explain(param(call, 'id'), where))
}
