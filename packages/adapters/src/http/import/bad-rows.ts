import { crmError } from '@guanxi/core'
import { type BadRows, badRowsOf } from '../../import/run/bad-rows.ts'
import type { Repair } from '../../import/run/repair-rows.ts'
import { writeCsv, writeXlsx } from '../../import/write/index.ts'
import { attachment } from '../reply/attachment.ts'
import { json, type Reply } from '../reply/reply.ts'
import { oneOf, wholeNumber } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import { type Call, param } from '../route/route.ts'
import { importBodies } from './body-schema.ts'
import { importBody } from './import-body.ts'
import { importTools, ownJob } from './import-call.ts'

/** Rows of a file in one answer: so many, or as many as hold so many characters. */
const shown = { rows: 500, characters: 2_000_000 } as const
const types = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const

/** Rows that were not taken, with reasons: to look at, or one file of them to correct and import again. */
export async function badRows(call: Call): Promise<Reply> {
  const asked = readQuery(call.exchange.query, ['format', 'file'])
  importTools(call)
  const { id } = await ownJob(call, param(call, 'id'))
  const files = await badRowsOf(call.session, id, call.identity.locale)
  const format = oneOf('format', asked.format, ['csv', 'xlsx'])
  const index = wholeNumber('file', asked.file, 0, 1_000)
  if (format === undefined)
    return json({ files: await Promise.all(files.filter((one) => index === undefined || one.index === index).map(viewOf)) })
  const file = index === undefined ? files[0] : files.find((one) => one.index === index)
  if (!file) throw crmError('NOT_FOUND')
  return attachment(`${file.file.replace(/\.\w{1,5}$/, '')}.refused.${format}`, types[format], written(file, format))
}

/** Each row is planned and written again under the job's mapping; what is taken leaves the bad rows. */
export async function repairRows(call: Call): Promise<Reply> {
  const { importer } = importTools(call)
  const { rows } = await importBody<{ readonly rows: readonly Repair[] }>(call, importBodies.repairs)
  const { id } = await ownJob(call, param(call, 'id'))
  return json({ results: await importer.repair(id, rows) })
}

/** The first rows, as texts and apart. */
async function viewOf({ index, file, count, columns, details }: BadRows) {
  const first = await firstOf(details)
  return {
    ...{ index, file, count, columns },
    rows: first.map(({ cells, why }) => [...cells, why]),
    details: first.map(({ row, state, reasons }) => ({ row, state, reasons })),
  }
}

async function firstOf<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const first: Value[] = []
  let characters = 0
  for await (const value of values) {
    first.push(value)
    characters += JSON.stringify(value).length
    if (first.length === shown.rows || characters > shown.characters) break
  }
  return first
}

function written({ columns, rows, file }: BadRows, format: 'csv' | 'xlsx'): AsyncIterable<Uint8Array> {
  const named = columns.map((name) => ({ name, type: 'text' }) as const)
  return format === 'csv' ? writeCsv(named, rows) : writeXlsx(file.slice(0, 31), named, rows)
}
