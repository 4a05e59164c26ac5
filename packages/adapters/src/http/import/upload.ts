import { CrmError, crmError } from '@guanxi/core'
import { expireLater } from '../../import/plugin/expire-uploads.ts'
import { openTable } from '../../import/read/index.ts'
import type { Upload } from '../../import/upload/upload-files.ts'
import type { Exchange } from '../exchange.ts'
import { Aborted } from '../reply/failure.ts'
import { empty, json, type Reply } from '../reply/reply.ts'
import { readQuery } from '../request/query.ts'
import { type Call, param } from '../route/route.ts'
import { safeFileName } from './file-name.ts'
import { importTools } from './import-call.ts'

/** Takes a file in as it comes; it is never in memory as a whole. */
export async function upload(call: Call): Promise<Reply> {
  const { name = 'file' } = readQuery(call.exchange.query, ['name'])
  const { uploads } = importTools(call)
  requireBytes(call.exchange)
  const declared = Number(call.exchange.header('content-length') ?? 0)
  if (declared > uploads.maxBytes) throw crmError('BODY_TOO_LARGE', { limit: uploads.maxBytes })
  const saved = await uploads.save(safeFileName(name), bytesOf(call.exchange), inspect)
  await expireLater(call.session, uploads.folder, saved.expiresAt)
  if (call.exchange.aborted()) {
    await uploads.remove(saved.id)
    throw new Aborted()
  }
  return json(saved, 201)
}

export async function removeUpload(call: Call): Promise<Reply> {
  readQuery(call.exchange.query, [])
  await importTools(call).uploads.remove(param(call, 'id'))
  return empty()
}

/** A type that no form can send, so that a page of another site has to ask first. */
function requireBytes({ header }: Exchange): void {
  const [type = ''] = (header('content-type') ?? '').split(';')
  const encoding = header('content-encoding') ?? 'identity'
  if (type.trim().toLowerCase() !== 'application/octet-stream' || encoding.trim().toLowerCase() !== 'identity')
    throw crmError('IMPORT_UPLOAD_TYPE')
}

async function* bytesOf({ body }: Exchange): AsyncGenerator<Uint8Array> {
  if (body.state === 'lost') throw crmError('BODY_CONSUMED')
  if (body.state === 'waiting') yield* body.chunks()
  if (body.state !== 'parsed') return
  if (!(body.value instanceof Uint8Array)) throw crmError('BODY_CONSUMED')
  yield body.value
}

/** What a person can still say, such as the encoding or the sheet, is no reason to refuse a file. */
const toBeSaid: ReadonlySet<string> = new Set([
  'IMPORT_FILE_EMPTY',
  'IMPORT_ENCODING',
  'IMPORT_CHARACTER',
  'IMPORT_QUOTE_OPEN',
  'IMPORT_RECORD',
  'IMPORT_CELL',
  'IMPORT_COLUMNS',
])

async function inspect(path: string): Promise<Pick<Upload, 'format' | 'sheets'>> {
  try {
    const table = await openTable({ path })
    await table.close()
    return { format: table.format.type, sheets: table.sheets }
  } catch (error) {
    if (!(error instanceof CrmError) || !toBeSaid.has(error.code)) throw error
    const sheets = error.details?.sheets
    return Array.isArray(sheets) ? { format: 'xlsx', sheets: sheets as string[] } : { format: 'csv', sheets: [] }
  }
}
