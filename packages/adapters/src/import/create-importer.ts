import { type Crm, crmError, type Identity, type Session } from '@guanxi/core'
import { type ImportMapping, peopleObject } from './map/mapping.ts'
import type { PutPeople } from './people/people-import.ts'
import { importJob } from './plugin/import-job.ts'
import { type BadRows, badRowsOf } from './run/bad-rows.ts'
import { type DryRunResult, dryRunFiles } from './run/dry-run.ts'
import { HeldTables } from './run/held-tables.ts'
import type { ImportFile, JobResult, RowResult, StoredJob } from './run/job.ts'
import { filesOf } from './run/job-book.ts'
import { type Repair, repairRows } from './run/repair-rows.ts'
import { type RunOptions, runJob } from './run/run-job.ts'
import { definitionsOf, type StartOptions, startJob } from './run/start-job.ts'
import { type SavedMappings, savedMappings } from './saved-mappings.ts'
import { comingNames } from './survey/coming-names.ts'
import { type Preview, type PreviewOptions, previewTable } from './survey/preview.ts'
import type { Table } from './table.ts'

/** Imports as one actor: with their rights on every object, and nothing more. */
export interface Importer {
  /** Reads a table through and says what it would become, and what there is to decide. Closes the table. */
  preview(table: Table, object: string, options?: PreviewOptions): Promise<Preview>
  /** What an import of these files would do to each row. Nothing is written. */
  dryRun(files: readonly ImportFile[], options?: RunOptions): Promise<DryRunResult>
  /** Makes a job of these files. `repeated`: there is one already, and this is it. */
  start(files: readonly ImportFile[], options?: StartOptions): Promise<{ job: StoredJob; repeated: boolean }>
  /**
   * Makes a job of these files and runs it at once: what {@link Importer.start} and {@link Importer.run} do one after the other, with
   * each file opened once. Files that were imported before are a job that is done already.
   */
  import(files: readonly ImportFile[], options?: StartOptions & RunOptions): Promise<JobResult>
  /** Runs a job, or goes on with it. */
  run(jobId: string, files: readonly ImportFile[], options?: RunOptions): Promise<JobResult>
  /** Stops a job after the batch it is at, wherever it runs. It can be run again. */
  cancel(jobId: string): Promise<void>
  /** Rows that were not taken, with reasons in the reader's language. */
  badRows(jobId: string, locale?: string): Promise<BadRows[]>
  /** Writes rows again that were not taken, with cells that a person has corrected. At most 500 at once. */
  repair(jobId: string, rows: readonly Repair[]): Promise<RowResult[]>
  readonly mappings: SavedMappings
}

/** The importer of an actor. The CRM needs the plugin {@link importing}. */
export function createImporter(crm: Crm<never>, identity: Identity): Importer {
  const session = crm.as(identity)
  const deps = { session, now: crm.now, putPeople: putPeopleAs(crm, session) }
  const judge = (files: readonly Pick<ImportFile, 'mapping'>[]): void =>
    checkRights(
      session,
      files.map(({ mapping }) => mapping),
    )
  return {
    async preview(table, object, options) {
      try {
        const definition = (await definitionsOf(session, [object])).get(object)
        if (!definition) throw crmError('OBJECT_UNKNOWN', { object })
        const { others = [], ...rest } = options ?? {}
        const coming = rest.coming ?? (await comingNames(session, others, rest.signal))
        return await previewTable(session, table, definition, { ...rest, coming })
      } finally {
        await table.close()
      }
    },
    dryRun: async (files, options) => {
      judge(files)
      const held = new HeldTables(files)
      return dryRunFiles(deps, held.files, options).finally(() => held.close())
    },
    start: async (files, options) => {
      judge(files)
      return startJob(session, files, options)
    },
    import: async (files, options) => {
      judge(files)
      const held = new HeldTables(files)
      try {
        const { job } = await startJob(session, held.files, options)
        return await runJob(deps, job.id, held.files, options)
      } finally {
        await held.close()
      }
    },
    run: (jobId, files, options) => runJob(deps, jobId, files, options),
    async cancel(jobId) {
      const jobs = session.records(importJob)
      const job = await jobs.get(jobId)
      if (job.state === 'ready' || job.state === 'running' || job.state === 'stopped')
        await jobs.update({ id: jobId, version: 'any' }, { state: 'cancelled' })
    },
    badRows: (jobId, locale) => badRowsOf(session, jobId, locale ?? identity.locale),
    repair: async (jobId, rows) => {
      const job = await session.records(importJob).get(jobId)
      judge(filesOf(job))
      return repairRows(deps, jobId, rows)
    },
    mappings: savedMappings(session),
  }
}

/** The directory is the host's: who may define may also say who works there. */
function putPeopleAs(crm: Crm<never>, session: Session): PutPeople | null {
  if (!session.allowed(importJob.name).includes('define')) return null
  return (input) => crm.directory.put({ ...input, tenant: session.identity.tenant })
}

/** Asked before anything is read; each write is judged again. */
function checkRights(session: Session, mappings: readonly ImportMapping[]): void {
  for (const { object, history, key = [] } of mappings) {
    const needed = object === peopleObject ? [] : ['create', ...(key.length > 0 ? ['read', 'update'] : []), ...(history ? ['import'] : [])]
    const allowed = object === peopleObject ? [] : session.allowed(object)
    const missing = needed.find((action) => !allowed.includes(action))
    if (missing) throw crmError('FORBIDDEN', { action: missing }, { details: { action: missing, object } })
  }
}
