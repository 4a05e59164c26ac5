import { createWriteStream } from 'node:fs'
import { basename, join, parse } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Locale } from '@guanxi/core'
import { createImporter, type Importer } from '../import/create-importer.ts'
import type { ImportMapping } from '../import/map/mapping.ts'
import { openTable } from '../import/read/index.ts'
import type { ImportFile } from '../import/run/job.ts'
import { writeCsv } from '../import/write/index.ts'
import type { ImportArguments } from './arguments.ts'
import { exit } from './exit.ts'
import { readMappingFile } from './mapping-file.ts'
import { openCrm } from './open-crm.ts'
import { progressLine, questionLines, repairLines, rowLines } from './report.ts'
import { localeOf, type Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'
import { say } from './words.ts'

/** `guanxi import`. Answers the exit code. */
export async function importCommand(args: ImportArguments, terminal: Terminal): Promise<number> {
  const locale = localeOf(terminal)
  if (args.files.length === 0) throw new UsageError('noFiles')
  const crm = await openCrm(args)
  try {
    const importer = createImporter(crm, { id: args.actor, kind: 'integration', roles: ['admin'], tenant: args.tenant, locale })
    if (args.mapping === undefined) return await look(importer, args, terminal, locale)
    const files = await filesOf(args)
    return args.dryRun ? await rehearse(importer, files, terminal, locale) : await run(importer, files, args, terminal, locale)
  } finally {
    await crm.close()
  }
}

/** Without a mapping nothing is imported: guesses are for people to look at. */
async function look(importer: Importer, args: ImportArguments, terminal: Terminal, locale: Locale): Promise<number> {
  const guessed: Record<string, ImportMapping> = {}
  for (const path of args.files) {
    const file = basename(path)
    const object = args.objects.get(file) ?? args.objects.get('')
    if (object === undefined) throw new UsageError('noObject', { file })
    const preview = await importer.preview(await openTable({ path }, { sheet: args.sheet }), object)
    guessed[file] = preview.mapping
    for (const line of questionLines(preview.questions, locale)) terminal.err(`${line}\n`)
  }
  terminal.err(`${say('guessed', locale)}\n`)
  terminal.out(`${JSON.stringify({ files: guessed }, null, 2)}\n`)
  return exit.well
}

async function filesOf({ files, mapping, history, sheet }: ImportArguments): Promise<ImportFile[]> {
  const mappingOf = await readMappingFile(mapping ?? '')
  const found = files.map((path) => ({ path, name: basename(path), mapping: mappingOf(basename(path)) }))
  if (history && !found.some((file) => file.mapping.history)) throw new UsageError('noHistory')
  return found.map(({ path, name, mapping: { history: dates, ...rest } }) => ({
    name,
    mapping: history && dates ? { ...rest, history: dates } : rest,
    open: () => openTable({ path }, { sheet }),
  }))
}

async function rehearse(importer: Importer, files: readonly ImportFile[], terminal: Terminal, locale: Locale): Promise<number> {
  const result = await importer.dryRun(files, { onProgress: (progress) => terminal.err(progressLine(progress, locale)) })
  for (const line of [...rowLines(result.problems, locale), ...repairLines(result.repairs, locale)]) terminal.out(`${line}\n`)
  terminal.out(`${say('rehearsed', locale, counts(result))}\n`)
  return result.problems.length === 0 ? exit.well : exit.attention
}

async function run(
  importer: Importer,
  files: readonly ImportFile[],
  args: ImportArguments,
  terminal: Terminal,
  locale: Locale,
): Promise<number> {
  const result = await importer.import(files, {
    again: args.again,
    mode: args.whole ? 'all' : 'skip',
    onProgress: (progress) => terminal.err(progressLine(progress, locale)),
  })
  for (const line of repairLines(result.repairs, locale)) terminal.out(`${line}\n`)
  terminal.out(`${say(result.state === 'done' ? 'result' : 'cancelled', locale, counts(result))}\n`)
  if (result.nothingNew) terminal.out(`${say('nothingNew', locale)}\n`)
  const paths = await writeBadRows(importer, result.jobId, args.badRows, locale)
  for (const path of paths) terminal.out(`${say('badRows', locale, { path })}\n`)
  return result.state === 'done' && paths.length === 0 ? exit.well : exit.attention
}

function counts({ created, updated, unchanged, refused }: { created: number; updated: number; unchanged: number; refused: number }) {
  return { created, updated, unchanged, refused }
}

async function writeBadRows(importer: Importer, jobId: string, folder: string, locale: Locale): Promise<string[]> {
  const paths: string[] = []
  for (const { file, columns, rows } of await importer.badRows(jobId, locale)) {
    const path = join(folder, `${parse(file).name}.refused.csv`)
    const named = columns.map((name) => ({ name, type: 'text' }) as const)
    await pipeline(Readable.from(writeCsv(named, rows)), createWriteStream(path))
    paths.push(path)
  }
  return paths
}
