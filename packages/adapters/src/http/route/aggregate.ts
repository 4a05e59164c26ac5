import { json, type Reply } from '../reply/reply.ts'
import { jsonObject, list, wholeNumber } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import { listLimits } from './limits.ts'
import { type Call, param } from './route.ts'

/** The last millisecond of the year 9999. */
const lastInstant = 253_402_300_799_999

/** A figure per group. */
export async function aggregate(call: Call): Promise<Reply> {
  const asked = readQuery(call.exchange.query, ['group', 'measures', 'where', 'search', 'asOf', 'limit'])
  const rows = await call.session.records(param(call, 'object')).aggregate({
    group: list('group', asked.group, listLimits.group),
    measures: list('measures', asked.measures, listLimits.measures),
    where: jsonObject('where', asked.where),
    search: asked.search,
    asOf: wholeNumber('asOf', asked.asOf, 0, lastInstant),
    limit: wholeNumber('limit', asked.limit, 1, 1_000),
  })
  return json({ rows })
}
