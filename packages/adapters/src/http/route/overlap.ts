import { json, type Reply } from '../reply/reply.ts'
import { jsonObject } from '../request/parameter.ts'
import { invalidParameter, readQuery } from '../request/query.ts'
import { type Call, param } from './route.ts'

/** How many records each of two conditions finds, and both. */
export async function overlap(call: Call): Promise<Reply> {
  const asked = readQuery(call.exchange.query, ['a', 'b'])
  const [a, b] = [jsonObject('a', asked.a), jsonObject('b', asked.b)]
  if (a === undefined) throw invalidParameter('a', 'JSON {…}')
  if (b === undefined) throw invalidParameter('b', 'JSON {…}')
  return json(await call.session.records(param(call, 'object')).overlap(a, b))
}
