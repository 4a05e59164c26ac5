import { defineObject, type ObjectHandle, type RecordOf } from '@guanxi/core'
import { option, says, words } from './words.ts'

const count = (zh: string, en: string) => ({ kind: 'integer', default: 0, ...says(zh, en) }) as const

const definition = defineObject(
  'import_job',
  {
    type: 'object',
    required: ['name', 'files'],
    properties: {
      name: { kind: 'text', maxLength: 200, search: true, ...says('名称', 'Name') },
      state: {
        kind: 'choice',
        index: true,
        default: 'ready',
        options: [
          option('ready', '待开始', 'Ready'),
          option('running', '进行中', 'Running'),
          option('cancelled', '已取消', 'Cancelled'),
          option('stopped', '已停下', 'Stopped'),
          option('done', '已完成', 'Done'),
        ],
        ...says('状态', 'State'),
      },
      fileKey: { kind: 'text', maxLength: 200, unique: true, ...says('文件标识', 'File key') },
      files: { kind: 'longText', maxLength: 1_000_000, ...says('文件与设置', 'Files and mappings') },
      cursor: { kind: 'text', maxLength: 500, ...says('进度位置', 'Position') },
      rowsTotal: count('总行数', 'Rows'),
      rowsDone: count('已处理', 'Rows done'),
      created: count('新建', 'Created'),
      updated: count('更新', 'Updated'),
      unchanged: count('无变化', 'Unchanged'),
      refused: count('未导入', 'Refused'),
      waiting: count('待补引用', 'Waiting for references'),
      repairs: { kind: 'longText', maxLength: 1_000_000, ...says('修正', 'Repairs') },
      failure: { kind: 'longText', ...says('停下的原因', 'Why it stopped') },
      startedAt: { kind: 'instant', ...says('开始', 'Started') },
      finishedAt: { kind: 'instant', ...says('结束', 'Finished') },
    },
  },
  {
    label: words('导入', 'Import'),
    pluralLabel: words('导入', 'Imports'),
    columns: ['name', 'state', 'rowsTotal', 'created', 'updated', 'unchanged', 'refused', 'finishedAt'],
  },
)

/** 导入: files on their way in, how far they have come, and what became of their rows. */
export interface ImportJob extends RecordOf<typeof definition> {}

export const importJob: ObjectHandle<ImportJob> = definition
