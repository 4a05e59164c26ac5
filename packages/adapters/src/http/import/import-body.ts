import { readObject } from '../request/body.ts'
import { checkInput } from '../request/endpoint-input.ts'
import { readQuery } from '../request/query.ts'
import { bulkLimits } from '../route/limits.ts'
import type { Call } from '../route/route.ts'

/** The body of a call without parameters, checked. */
export async function importBody<Body>({ exchange, settings }: Call, schema: Readonly<Record<string, unknown>>): Promise<Body> {
  readQuery(exchange.query, [])
  const body = await readObject(exchange, bulkLimits(settings))
  checkInput(schema, body)
  return body as Body
}
