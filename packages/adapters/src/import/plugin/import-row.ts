import { defineObject, type ObjectHandle, type RecordOf } from '@guanxi/core'
import { option, says, words } from './words.ts'

const definition = defineObject(
  'import_row',
  {
    type: 'object',
    required: ['jobId', 'state', 'cells'],
    properties: {
      jobId: { kind: 'reference', to: 'import_job', index: true, ...says('导入', 'Import') },
      file: { kind: 'integer', ...says('文件', 'File') },
      row: { kind: 'integer', index: true, ...says('行号', 'Row') },
      state: {
        kind: 'choice',
        index: true,
        options: [
          option('refused', '未导入', 'Refused'),
          option('incomplete', '缺少引用', 'Reference missing'),
          option('waiting', '待补引用', 'Waiting'),
        ],
        ...says('状态', 'State'),
      },
      cells: { kind: 'longText', maxLength: 1_000_000, ...says('原始内容', 'Cells') },
      reasons: { kind: 'longText', maxLength: 1_000_000, ...says('原因', 'Reasons') },
      recordId: { kind: 'text', maxLength: 40, ...says('记录', 'Record') },
      references: { kind: 'longText', ...says('待补的引用', 'References to come') },
      trueAt: { kind: 'instant', ...says('发生时间', 'True since') },
    },
  },
  {
    label: words('导入的问题行', 'Import row'),
    pluralLabel: words('导入的问题行', 'Import rows'),
    columns: ['jobId', 'file', 'row', 'state'],
    indexes: [['jobId', 'state', 'file', 'row']],
  },
)

/** 导入的问题行: a row that was refused or is not complete, as it stood in the file, with the reasons. */
export interface ImportRow extends RecordOf<typeof definition> {}

export const importRow: ObjectHandle<ImportRow> = definition
