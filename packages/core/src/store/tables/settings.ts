import { integer, json, table, text } from './columns.ts'

/** Fields and words that a tenant's admins added or changed. */
export const overlayTable = table('crm_overlay', [text('object'), json('overlay'), integer('updated_at'), text('updated_by')], ['object'])

const settingColumns = [
  text('key'),
  text('level'),
  text('target'),
  json('value'),
  integer('version'),
  integer('updated_at'),
  text('updated_by'),
]

/** Values of settings as they count, by level and target; a document without `value` is one that was taken back. */
export const settingTable = table(
  'crm_setting',
  settingColumns,
  ['key', 'level', 'target'],
  [{ name: 'crm_setting_version_idx', columns: ['version'] }],
)

/** Every value a setting ever had. Append-only. */
export const settingChangeTable = table('crm_setting_change', settingColumns, ['key', 'level', 'target', 'version'])
