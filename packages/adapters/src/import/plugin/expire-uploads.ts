import { defineJob, type Job, type Session } from '@guanxi/core'
import { sweepUploads } from '../upload/sweep-uploads.ts'
import { uploadFolder } from '../upload/upload-folder.ts'

const hour = 3_600_000

interface Expiry {
  readonly folder: string | null
}

/** Takes uploaded files away when their time is up, also where no new one comes. */
export const expireUploads: Job<Expiry> = defineJob<Expiry>({
  id: 'importing.expire',
  input: { type: 'object', required: ['folder'], additionalProperties: false, properties: { folder: { type: ['string', 'null'] } } },
  run: async ({ folder }, { now, tenant, session }) => {
    const kept = (await sweepUploads(folder ?? (await uploadFolder({})), now())).filter((note) => note.tenant === tenant)
    if (kept.length > 0) await expireLater(session, folder, Math.min(...kept.map(({ expiresAt }) => expiresAt)))
  },
})

/** Whatever waits in a folder is looked at once an hour at most, at the first full hour when something is due. */
export async function expireLater(session: Pick<Session, 'enqueue'>, folder: string | null, at: number): Promise<void> {
  const runAt = Math.ceil(at / hour) * hour
  await session.enqueue(expireUploads, { folder }, { key: `${runAt} ${(folder ?? '').slice(-180)}`, runAt })
}
