import { defineObject } from '../../object/define-object.ts'
import type { ObjectHandle, RecordOf } from '../../object/handle.ts'
import { says, words } from '../words.ts'

const savedViewDefinition = defineObject(
  'saved_view',
  {
    type: 'object',
    required: ['name', 'object'],
    properties: {
      name: { kind: 'text', maxLength: 60, ...says('名称', 'Name', '视图的名称。', 'Name of the view.') },
      object: { kind: 'text', maxLength: 100, ...says('对象', 'Object', '哪种记录的列表。', 'Whose records it lists.') },
      shared: {
        kind: 'boolean',
        default: false,
        ...says('共享', 'Shared', '大家可见，只有本人可改。', 'Everybody sees it, its owner changes it.'),
      },
      settings: {
        kind: 'longText',
        maxLength: 20_000,
        ...says('设置', 'Settings', '列、筛选、排序和分组，JSON 文本。', 'Columns, filters, order and groups, as JSON text.'),
      },
    },
  },
  {
    label: words('视图', 'View'),
    pluralLabel: words('视图', 'Views'),
    help: words('保存的列表排布。', 'A saved arrangement of a list.'),
    nameField: 'name',
    sharedBy: 'shared',
    columns: ['name', 'object', 'shared', 'ownerId'],
    indexes: [['object', 'ownerId']],
  },
)

/** 视图: a saved arrangement of a list, kept per person and shown to others when shared. */
export interface SavedView extends RecordOf<typeof savedViewDefinition> {}

export const savedView: ObjectHandle<SavedView> = savedViewDefinition
