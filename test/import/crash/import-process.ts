// Runs in a process of its own until it is done or killed: starts an import, or goes on with it, and says how far it is.

import { createImporter, type ImportFile, importing, openTable } from '@guanxi/adapters/import'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'

const [, , database = '', path = ''] = process.argv
const store = database.startsWith('postgres') ? postgres(database) : sqlite(database, { synchronous: 'normal', driver: 'better-sqlite3' })
const crm = createCrm({ store, tenant: 'test', plugins: [importing()] })
await crm.open()
const importer = createImporter(crm, { id: 'importer', roles: ['admin'] })
const columns = [
  { column: '名称', field: 'name' },
  { column: '上级', field: 'parentId' },
  { column: '地区', field: 'region' },
]
const files: ImportFile[] = [{ name: 'companies.csv', mapping: { object: 'customer', columns }, open: () => openTable({ path }) }]
const { job } = await importer.start(files)
const onProgress = ({ rowsDone }: { readonly rowsDone: number }): void => void process.stdout.write(`${rowsDone}\n`)
await importer.run(job.id, files, { batchRows: 40, onProgress })
await crm.close()
