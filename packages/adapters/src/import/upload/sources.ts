import { crmError } from '@guanxi/core'
import type { ImportMapping } from '../map/mapping.ts'
import { openTable } from '../read/index.ts'
import type { ImportFile } from '../run/job.ts'
import type { Table } from '../table.ts'
import type { Upload, UploadSource } from './upload-files.ts'
import type { Uploads } from './uploads.ts'

/** A file of a request and what it becomes. */
export type MappedSource = UploadSource & { readonly mapping: ImportMapping }

type Found = Upload & { readonly path: string }

/** The file of a request. Throws NOT_FOUND when it is not there or not the asker's. */
export async function openSource(
  uploads: Uploads,
  source: UploadSource,
  path = '/file',
): Promise<{ name: string; open(): Promise<Table> }> {
  const upload = await uploads.find(source.file)
  if (!upload) throw crmError('NOT_FOUND', {}, { path })
  return { name: upload.name, open: () => opened(upload, source) }
}

/** The files of a request as files of an import. */
export async function mappedFiles(uploads: Uploads, sources: readonly MappedSource[]): Promise<ImportFile[]> {
  const files: ImportFile[] = []
  const taken = new Set<string>()
  for (const [index, { mapping, ...source }] of sources.entries()) {
    const { name, open } = await openSource(uploads, source, `/files/${index}/file`)
    files.push({ name: distinctName(name, source, taken), mapping, open })
  }
  return files
}

/** Files under the names by which their job knows them; `missing` are those that are gone. */
export async function filesAgain(
  uploads: Uploads,
  sources: readonly UploadSource[],
): Promise<{ found: Map<string, () => Promise<Table>>; missing: string[] }> {
  const found = new Map<string, () => Promise<Table>>()
  const missing: string[] = []
  const taken = new Set<string>()
  for (const source of sources) {
    const upload = await uploads.find(source.file)
    if (upload) found.set(distinctName(upload.name, source, taken), () => opened(upload, source))
    else missing.push(source.file)
  }
  return { found, missing }
}

function opened({ path }: Found, { sheet, encoding, delimiter, header }: UploadSource): Promise<Table> {
  return openTable({ path }, { sheet, encoding, delimiter, header })
}

/** Sheets of one workbook are told apart by their names, files of one name by number. */
function distinctName(name: string, { sheet }: UploadSource, taken: Set<string>): string {
  const first = taken.has(name) && sheet !== undefined ? `${name} · ${sheet}` : name
  let found = first
  for (let count = 2; taken.has(found); count += 1) found = `${first} (${count})`
  taken.add(found)
  return found
}
