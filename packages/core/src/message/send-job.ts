import { defineJob, type Job } from '../job/job.ts'
import { jobScope } from '../job/run-job.ts'
import { deliverSend } from './deliver.ts'
import { sendJobId } from './enqueue-sends.ts'

const input = { type: 'object', additionalProperties: false, required: ['id'], properties: { id: { type: 'string' } } } as const

/** Brings one send to its channel. The send counts its own tries; the job's are for processes that die over it. */
export function sendJob(): Job<{ readonly id: string }> {
  return defineJob<{ readonly id: string }>({
    id: sendJobId,
    input,
    attempts: 20,
    firstPause: 1_000,
    run: ({ id }, context) => deliverSend(jobScope(context), id, context),
  })
}
