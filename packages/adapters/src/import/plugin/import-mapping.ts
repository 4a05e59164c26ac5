import { defineObject, type ObjectHandle, type RecordOf } from '@guanxi/core'
import { says, words } from './words.ts'

const definition = defineObject(
  'import_mapping',
  {
    type: 'object',
    required: ['name', 'object', 'mapping'],
    properties: {
      name: { kind: 'text', maxLength: 200, search: true, ...says('名称', 'Name') },
      object: { kind: 'text', maxLength: 40, index: true, ...says('对象', 'Object') },
      columns: { kind: 'longText', ...says('列', 'Columns') },
      mapping: { kind: 'longText', maxLength: 1_000_000, ...says('设置', 'Mapping') },
    },
  },
  { label: words('导入设置', 'Import mapping'), pluralLabel: words('导入设置', 'Import mappings'), columns: ['name', 'object'] },
)

/** 导入设置: how files of one kind become records, kept for the next file. */
export interface SavedMapping extends RecordOf<typeof definition> {}

export const importMapping: ObjectHandle<SavedMapping> = definition
