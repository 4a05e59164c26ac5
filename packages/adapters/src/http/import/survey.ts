import type { ImportMapping } from '../../import/map/mapping.ts'
import { reason } from '../../import/run/reason.ts'
import { type MappedSource, mappedFiles, openSource } from '../../import/upload/sources.ts'
import type { UploadSource } from '../../import/upload/upload-files.ts'
import { Aborted } from '../reply/failure.ts'
import { json, type Reply } from '../reply/reply.ts'
import type { Call } from '../route/route.ts'
import { importBodies } from './body-schema.ts'
import { importBody } from './import-body.ts'
import { importTools } from './import-call.ts'

const shown = { rows: 200, problems: 500 } as const

type PreviewBody = UploadSource & {
  readonly object: string
  readonly mapping?: ImportMapping
  /** The other files of the same import, whose names this one may use. */
  readonly others?: readonly MappedSource[]
}

/** What a file would become, and what there is to decide. */
export async function preview(call: Call): Promise<Reply> {
  const { importer, uploads } = importTools(call)
  const { object, mapping, others = [], ...source } = await importBody<PreviewBody>(call, importBodies.preview)
  const { open } = await openSource(uploads, source)
  const found = await importer.preview(await open(), object, { mapping, others: await mappedFiles(uploads, others) })
  return json({ ...found, notices: found.notices.map(({ code, params }) => reason(code as Parameters<typeof reason>[0], params)) })
}

/** What an import would do to each row. Nothing is written. */
export async function dryRun(call: Call): Promise<Reply> {
  const { importer, uploads } = importTools(call)
  const { files } = await importBody<{ readonly files: readonly MappedSource[] }>(call, importBodies.dryRun)
  const left = new AbortController()
  // Nobody waits any more: the rest is not rehearsed.
  const onProgress = (): void => {
    if (call.exchange.aborted()) left.abort()
  }
  const result = await importer.dryRun(await mappedFiles(uploads, files), { signal: left.signal, onProgress })
  if (left.signal.aborted) throw new Aborted()
  const { rows, problems } = result
  return json({ ...result, rows: rows.slice(0, shown.rows), problems: problems.slice(0, shown.problems) })
}
