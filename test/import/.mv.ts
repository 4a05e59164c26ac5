import { createImporter } from '@guanxi/adapters/import'
import { admin, mavenFiles, readyCrm } from '/work/main/test/import/maven/setting.ts'
import { sqlite } from '@guanxi/adapters/sqlite'
import { postgres } from '@guanxi/adapters/postgres'
const url = process.argv[2]
const crm = await readyCrm({ store: () => url ? postgres(url) : sqlite(':memory:', { driver: 'better-sqlite3' }), drop: async () => {} } as never)
const importer = createImporter(crm, admin)
let t = performance.now()
if (!process.env.NODRY) { const r = await importer.dryRun(mavenFiles()); console.log('dry', performance.now() - t, { ...r, rows: 0, problems: r.problems.slice(0, 2), repairs: r.repairs.length }) }
t = performance.now()
const { job } = await importer.start(mavenFiles())
console.log('start', performance.now() - t); t = performance.now()
const r = await importer.run(job.id, mavenFiles(), { onProgress: (p) => process.env.V && console.log(p.file, p.rowsDone, p.rowsPerSecond) })
console.log('run', performance.now() - t, { ...r, repairs: r.repairs.map((r) => [r.file, r.column, r.code, r.count]) })
t = performance.now()
const again = await importer.start(mavenFiles())
const r2 = await importer.run(again.job.id, mavenFiles())
console.log('again', performance.now() - t, { ...r2, repairs: 0 })
await crm.close()
