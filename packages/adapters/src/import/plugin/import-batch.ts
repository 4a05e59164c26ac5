import { defineObject, type ObjectHandle, type RecordOf } from '@guanxi/core'
import { says, words } from './words.ts'

const definition = defineObject(
  'import_batch',
  {
    type: 'object',
    required: ['jobId', 'object', 'records'],
    properties: {
      jobId: { kind: 'reference', to: 'import_job', index: true, ...says('导入', 'Import') },
      file: { kind: 'integer', ...says('文件', 'File') },
      object: { kind: 'text', maxLength: 40, ...says('对象', 'Object') },
      fromRow: { kind: 'integer', ...says('起始行', 'From row') },
      toRow: { kind: 'integer', ...says('结束行', 'To row') },
      records: { kind: 'longText', maxLength: 1_000_000, ...says('写入的记录', 'Records written') },
    },
  },
  {
    label: words('导入批次', 'Import batch'),
    pluralLabel: words('导入批次', 'Import batches'),
    columns: ['jobId', 'file', 'fromRow', 'toRow'],
  },
)

/** 导入批次: the records that one step of an import created or changed, written together with them. */
export interface ImportBatch extends RecordOf<typeof definition> {}

export const importBatch: ObjectHandle<ImportBatch> = definition
