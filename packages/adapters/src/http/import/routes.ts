import type { Reply } from '../reply/reply.ts'
import type { Call, Route } from '../route/route.ts'

type Answer = (call: Call) => Promise<Reply>

/** Loaded with the first request: a host without imports pays nothing for them. */
const upload = () => import('./upload.ts')
const survey = () => import('./survey.ts')
const jobs = () => import('./jobs.ts')
const run = () => import('./run.ts')
const badRows = () => import('./bad-rows.ts')
const mappings = () => import('./mappings.ts')

function route(method: Route['method'], pattern: string, answer: Answer): Route {
  return { method, pattern: `api/imports/${pattern}`, access: 'identified', answer }
}

/** Addresses of imports. Without the plugin `importing` there is nothing at them. */
export const importRoutes: readonly Route[] = [
  route('POST', 'files', async (call) => (await upload()).upload(call)),
  route('DELETE', 'files/:id', async (call) => (await upload()).removeUpload(call)),
  route('POST', 'preview', async (call) => (await survey()).preview(call)),
  route('POST', 'dry-run', async (call) => (await survey()).dryRun(call)),
  route('POST', 'jobs', async (call) => (await jobs()).createJob(call)),
  route('GET', 'jobs', async (call) => (await jobs()).listJobs(call)),
  route('GET', 'jobs/:id', async (call) => (await jobs()).getJob(call)),
  route('POST', 'jobs/:id/run', async (call) => (await run()).runJob(call)),
  route('POST', 'jobs/:id/cancel', async (call) => (await jobs()).cancelJob(call)),
  route('GET', 'jobs/:id/bad-rows', async (call) => (await badRows()).badRows(call)),
  route('POST', 'jobs/:id/repairs', async (call) => (await badRows()).repairRows(call)),
  route('GET', 'mappings', async (call) => (await mappings()).listMappings(call)),
  route('PUT', 'mappings/:name', async (call) => (await mappings()).saveMapping(call)),
  route('DELETE', 'mappings/:name', async (call) => (await mappings()).removeMapping(call)),
]
