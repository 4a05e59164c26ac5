import type { ErrorEntry } from './crm-error.ts'
import { entry } from './entry.ts'

/** Jobs, and what operators do about them. */
export const workErrors = {
  JOB_UNKNOWN: entry(
    404,
    '没有作业「{job}」。',
    'There is no job “{job}”.',
    '检查作业所属的插件是否已安装。',
    'Check that the plugin it belongs to is installed.',
  ),
  JOB_INPUT_INVALID: entry(
    422,
    '作业「{job}」的输入不符合其模式：{fault}。',
    'The input of the job “{job}” does not fit its schema: {fault}.',
  ),
  JOB_LOST: entry(
    409,
    '作业「{job}」已由另一个进程接手。',
    'Another process has taken over the job “{job}”.',
    '停止此次执行；另一个进程会完成它。',
    'Stop this run; the other process will finish it.',
  ),
  JOB_RUNNING: entry(409, '作业正在执行。', 'The job is running.', '等它结束后再试。', 'Wait until it has ended.'),
} satisfies Record<string, ErrorEntry>
