import { crmError } from '../../error/crm-error.ts'
import { defineObject } from '../../object/define-object.ts'
import type { ObjectHandle, RecordOf } from '../../object/handle.ts'
import type { Where } from '../../record/records.ts'
import { says, words } from '../words.ts'

const segmentDefinition = defineObject(
  'segment',
  {
    type: 'object',
    required: ['name', 'object', 'condition'],
    properties: {
      name: { kind: 'text', maxLength: 60, search: true, ...says('名称', 'Name', '细分的名称。', 'Name of the segment.') },
      object: { kind: 'text', maxLength: 40, ...says('对象', 'Object', '哪种记录的细分。', 'Whose records it holds.') },
      condition: {
        kind: 'longText',
        maxLength: 40_000,
        ...says('条件', 'Condition', '表达式，JSON 文本。', 'An expression, as JSON text.'),
      },
      shared: {
        kind: 'boolean',
        default: false,
        ...says('共享', 'Shared', '大家可见，只有本人可改。', 'Everybody sees it, its owner changes it.'),
      },
      note: { kind: 'text', maxLength: 200, ...says('说明', 'Note', '这个细分用来做什么。', 'What it is for.') },
    },
  },
  {
    label: words('细分', 'Segment'),
    pluralLabel: words('细分', 'Segments'),
    help: words('有名称的条件：此刻符合它的记录。', 'A condition with a name: the records that satisfy it now.'),
    nameField: 'name',
    sharedBy: 'shared',
    columns: ['name', 'object', 'shared', 'ownerId', 'note'],
    indexes: [['object', 'ownerId']],
  },
)

/** 细分: a condition with a name, kept per person and shown to others when shared. */
export interface Segment extends RecordOf<typeof segmentDefinition> {}

export const segment: ObjectHandle<Segment> = segmentDefinition

/** The condition of a segment, for `find`, `count`, `overlap` and `explain` of its object's records. */
export function segmentWhere({ condition }: Pick<Segment, 'condition'>): Where {
  const where = readCondition(condition)
  if (where) return where
  throw crmError('PARAMETER_INVALID', { name: 'condition', reason: 'it is no JSON object' }, { path: '/condition' })
}

/** A condition from its text; null when it is none. */
export function readCondition(text: unknown): Where | null {
  try {
    const value: unknown = typeof text === 'string' ? JSON.parse(text) : null
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Where) : null
  } catch {
    return null
  }
}
