import { json, type Reply } from './reply.ts'

/** A record with its version as the ETag that the next change sends back. */
export function recordReply(record: { readonly version: number }, status = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  return json(record, status, { etag: `"${record.version}"`, ...headers })
}
