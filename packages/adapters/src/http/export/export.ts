import { inLocale } from '@guanxi/core'
import { createExporter, type Exporter } from '../../export/create-exporter.ts'
import { attachment } from '../reply/attachment.ts'
import type { Reply } from '../reply/reply.ts'
import { jsonObject, list, oneOf } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import { listLimits } from '../route/limits.ts'
import { type Call, param } from '../route/route.ts'

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonl: 'application/jsonl; charset=utf-8',
} as const

/** The records of an object as a file, in pages as it is sent. */
export async function exportObject(call: Call): Promise<Reply> {
  const names = ['format', 'where', 'search', 'sort', 'fields', 'deleted', 'headers', 'values', 'zone'] as const
  const asked = readQuery(call.exchange.query, names)
  const format = oneOf('format', asked.format, ['csv', 'xlsx', 'jsonl']) ?? 'csv'
  const object = param(call, 'object')
  const { label } = await call.session.definitions.get(object)
  const pieces = exporterOf(call).object(object, {
    format,
    where: jsonObject('where', asked.where),
    search: asked.search,
    sort: list('sort', asked.sort, listLimits.sort),
    fields: list('fields', asked.fields, listLimits.fields),
    deleted: oneOf('deleted', asked.deleted, ['exclude', 'only']),
    headers: oneOf('headers', asked.headers, ['label', 'name']),
    values: oneOf('values', asked.values, ['label', 'raw']),
    zone: asked.zone,
  })
  return attachment(`${inLocale(label, localeOf(call))} ${today(call)}.${format}`, types[format], pieces)
}

/** All of the tenant as a zip. */
export async function exportTenant(call: Call): Promise<Reply> {
  const { format } = readQuery(call.exchange.query, ['format'])
  oneOf('format', format, ['zip'])
  return attachment(`guanxi ${today(call)}.zip`, 'application/zip', exporterOf(call).tenant())
}

function exporterOf(call: Call): Exporter {
  const locale = localeOf(call)
  return createExporter(call.crm, { ...call.identity, ...(locale !== undefined && { locale }) })
}

function localeOf({ identity, exchange }: Call): string | undefined {
  return identity.locale ?? exchange.header('accept-language') ?? undefined
}

function today({ crm }: Call): string {
  return new Date(crm.now()).toISOString().slice(0, 10)
}
