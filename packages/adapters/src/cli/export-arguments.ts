import { parseArgs } from 'node:util'
import type { ObjectExport } from '../export/index.ts'
import { UsageError } from './usage-error.ts'

/** What `guanxi export` was told. */
export interface ExportArguments {
  /** Object, or null for the whole tenant. */
  readonly object: string | null
  readonly options: ObjectExport
  readonly out: string
  readonly database?: string
  readonly app?: string
  readonly tenant: string
  readonly actor: string
}

const formats = ['csv', 'xlsx', 'jsonl'] as const

/** Reads the command line. Throws a TypeError for what it does not know. */
export function readExportArguments(argv: readonly string[]): ExportArguments | 'help' {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      database: { type: 'string' },
      app: { type: 'string' },
      tenant: { type: 'string', default: 'default' },
      actor: { type: 'string', default: 'export' },
      format: { type: 'string', default: 'csv' },
      out: { type: 'string' },
      where: { type: 'string' },
      search: { type: 'string' },
      sort: { type: 'string' },
      fields: { type: 'string' },
      raw: { type: 'boolean', default: false },
      names: { type: 'boolean', default: false },
      zone: { type: 'string' },
      all: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  const [object, ...others] = positionals
  if (others.length > 0 || (object === undefined) !== values.all) throw new UsageError('exportWhat')
  const format = formats.find((one) => one === values.format)
  if (!format) throw new UsageError('badFormat', { format: values.format })
  return {
    object: object ?? null,
    out: values.out ?? (object === undefined ? `${values.tenant}.zip` : `${object}.${format}`),
    options: {
      format,
      where: values.where === undefined ? undefined : whereOf(values.where),
      search: values.search,
      sort: values.sort?.split(','),
      fields: values.fields?.split(','),
      headers: values.names ? 'name' : 'label',
      values: values.raw ? 'raw' : 'label',
      zone: values.zone,
    },
    database: values.database,
    app: values.app,
    tenant: values.tenant,
    actor: values.actor,
  }
}

function whereOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const where: unknown = JSON.parse(text)
    if (typeof where === 'object' && where !== null && !Array.isArray(where)) return where as Record<string, unknown>
  } catch {
    // Told below, like every other text that is no filter.
  }
  throw new UsageError('badWhere')
}
