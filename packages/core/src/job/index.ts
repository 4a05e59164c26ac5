export {
  defineJob,
  type Enqueue,
  type EnqueueOptions,
  GiveUp,
  type Job,
  type JobContext,
  type JobPriority,
  type JobRequest,
  jobRequest,
  RetryAfter,
} from './job.ts'
export { defineSchedule, type Schedule, type ScheduleTimes } from './schedule.ts'
