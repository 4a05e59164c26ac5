import { integer, table, text } from './columns.ts'

/** Which plugin migrations ran. The tenant is `*`. */
export const migrationTable = table('crm_migration', [text('plugin'), text('id'), text('checksum'), integer('at')], ['plugin', 'id'])

/** Values the instance keeps for itself, such as the key that signs cursors. The tenant is `*`. */
export const instanceTable = table('crm_instance', [text('key'), text('value')], ['key'])
