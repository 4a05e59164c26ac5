import { CrmError, crmError } from '@guanxi/core'
import { createImporter, type Importer } from '../../import/create-importer.ts'
import { importJob } from '../../import/plugin/import-job.ts'
import { type ImportRuns, importRuns } from '../../import/run/background-runs.ts'
import type { StoredJob } from '../../import/run/job.ts'
import { Uploads } from '../../import/upload/uploads.ts'
import type { Call } from '../route/route.ts'

/** What the routes of imports work with. */
export interface ImportTools {
  readonly importer: Importer
  readonly runs: ImportRuns
  readonly uploads: Uploads
}

/** Throws NOT_FOUND where the plugin is not installed, FORBIDDEN for those who may not import. */
export function importTools({ crm, identity, session, settings }: Call): ImportTools {
  const runs = runsOf(crm)
  if (!session.allowed(importJob.name).includes('create')) throw crmError('FORBIDDEN', { action: 'create' })
  const owner = { tenant: session.identity.tenant ?? '', actor: identity.id }
  return { importer: createImporter(crm, identity), runs, uploads: new Uploads(settings.imports, owner, crm.now) }
}

function runsOf(crm: Call['crm']): ImportRuns {
  try {
    return crm.service(importRuns)
  } catch (error) {
    throw error instanceof CrmError && error.code === 'SERVICE_UNKNOWN' ? crmError('NOT_FOUND') : error
  }
}

/** A job of one's own; anybody else's is not there. */
export async function ownJob({ session, identity }: Call, id: string): Promise<StoredJob> {
  const job = await session.records(importJob).get(id)
  if (job.createdBy !== identity.id) throw crmError('NOT_FOUND')
  return job
}
