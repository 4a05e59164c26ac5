import type { Words } from '../locale/locale.ts'
import type { ColumnSpec, ColumnType } from '../store/schema.ts'
import type { FieldDefinition } from './definition.ts'
import { snakeCase } from './names.ts'
import type { KindName } from './schema.ts'

interface SystemField {
  readonly name: string
  readonly kind: KindName
  readonly type: ColumnType
  readonly nullable: boolean
  readonly label: Words
  /** May be sent by users. */
  readonly open?: boolean
}

const list: readonly SystemField[] = [
  { name: 'id', kind: 'reference', type: 'uuid', nullable: false, label: { 'zh-CN': '编号', en: 'Id' } },
  { name: 'version', kind: 'integer', type: 'integer', nullable: false, label: { 'zh-CN': '版本', en: 'Version' } },
  { name: 'createdAt', kind: 'instant', type: 'integer', nullable: false, label: { 'zh-CN': '创建时间', en: 'Created at' } },
  { name: 'createdBy', kind: 'user', type: 'text', nullable: false, label: { 'zh-CN': '创建人', en: 'Created by' } },
  { name: 'updatedAt', kind: 'instant', type: 'integer', nullable: false, label: { 'zh-CN': '更新时间', en: 'Updated at' } },
  { name: 'updatedBy', kind: 'user', type: 'text', nullable: false, label: { 'zh-CN': '更新人', en: 'Updated by' } },
  { name: 'deletedAt', kind: 'instant', type: 'integer', nullable: true, label: { 'zh-CN': '删除时间', en: 'Deleted at' } },
  { name: 'ownerId', kind: 'user', type: 'text', nullable: true, label: { 'zh-CN': '负责人', en: 'Owner' }, open: true },
  { name: 'teamId', kind: 'text', type: 'text', nullable: true, label: { 'zh-CN': '团队', en: 'Team' }, open: true },
]

/** Columns of every object's table that no field stands for. */
export const tenantColumn: ColumnSpec = { name: 'tenant_id', type: 'text', nullable: false }
export const deletedByColumn: ColumnSpec = { name: 'deleted_by', type: 'text', nullable: true }
export const extColumn: ColumnSpec = { name: 'ext', type: 'json', nullable: true }

/** Columns derived from the name field: for equality, for likeness, for order. */
export const nameColumns = ['name_key', 'name_core', 'name_sort'] as const

/** The fields every record has, as definitions of `object`. */
export function systemFields(object: string): FieldDefinition[] {
  return list.map(({ name, kind, type, nullable, label, open = false }) => ({
    name,
    kind,
    label,
    help: null,
    required: false,
    readOnly: !open,
    unique: false,
    index: false,
    search: false,
    layer: 'system',
    author: 'core',
    storage: { at: 'columns', columns: [{ name: snakeCase(name), type, nullable }] },
    options: [],
    minLength: null,
    maxLength: type === 'text' ? 200 : null,
    minimum: null,
    maximum: null,
    scale: null,
    to: name === 'id' ? object : null,
    by: null,
    default: null,
    defaultLogic: null,
    formula: null,
    when: null,
  }))
}
