import { CrmError } from '../error/crm-error.ts'
import { defineJob, type Job } from './job.ts'

const nothingToDo = new Set(['DECIDER_STAGE', 'DECIDER_UNKNOWN'])

/** A decider runs for an instant of its schedule. Tried again, it is the same run. */
export const runDeciderJob: Job = defineJob<{ readonly decider: string; readonly at: number }>({
  id: 'core.run-decider',
  input: { type: 'object', required: ['decider', 'at'], properties: { decider: { type: 'string' }, at: { type: 'integer' } } },
  concurrency: 2,
  run: async ({ decider, at }, { session }) => {
    try {
      await session.deciders.run(decider, { at, wait: true })
    } catch (error) {
      // It was switched off, or is gone with its plugin, since it was due.
      if (!(error instanceof CrmError && nothingToDo.has(error.code))) throw error
    }
  },
}) as unknown as Job
