import { json, type Reply } from '../reply/reply.ts'
import { wholeNumber } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import { type Call, param } from './route.ts'

/** A record's history, newest first. */
export async function changes(call: Call): Promise<Reply> {
  const { limit, cursor } = readQuery(call.exchange.query, ['limit', 'cursor'])
  const records = call.session.records(param(call, 'object'))
  return json(await records.changes(param(call, 'id'), { limit: wholeNumber('limit', limit, 1, 500), cursor }))
}

/** Every change of every record of an object that its reader may see, record by record, each from its beginning. */
export async function history(call: Call): Promise<Reply> {
  const { limit, cursor } = readQuery(call.exchange.query, ['limit', 'cursor'])
  return json(await call.session.records(param(call, 'object')).history({ limit: wholeNumber('limit', limit, 1, 500), cursor }))
}
