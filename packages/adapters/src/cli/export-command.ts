import { randomUUID } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createExporter } from '../export/index.ts'
import { exit } from './exit.ts'
import type { ExportArguments } from './export-arguments.ts'
import { openCrm } from './open-crm.ts'
import { localeOf, type Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'
import { say } from './words.ts'

/** `guanxi export`. Answers the exit code. The file is there when it is whole, and not before. */
export async function exportCommand(args: ExportArguments, terminal: Terminal): Promise<number> {
  const { database, object, options, out, tenant, actor } = args
  const isFile = database !== undefined && database !== ':memory:' && !/^postgres(?:ql)?:\/\//.test(database)
  if (isFile && !existsSync(database)) throw new UsageError('databaseMissing', { file: database })
  const locale = localeOf(terminal)
  const crm = await openCrm(args)
  const part = `${out}.${randomUUID()}.part`
  try {
    const exporter = createExporter(crm, { id: actor, kind: 'integration', roles: ['admin'], tenant, locale })
    const pieces = object === null ? exporter.tenant() : exporter.object(object, options)
    await pipeline(Readable.from(pieces, { objectMode: false }), createWriteStream(part, { mode: 0o600 }))
    await rename(part, out)
  } finally {
    await rm(part, { force: true })
    await crm.close()
  }
  terminal.out(`${say('exported', locale, { path: out })}\n`)
  return exit.well
}
