import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'
import { loadMaven } from './load-maven.ts'
import { mavenFolder, readMaven } from './maven-data.ts'

/** `node --conditions=source test/maven/run.ts [postgres://… | file]`: loads the data set and prints what was done. */
const [to = 'maven.db'] = process.argv.slice(2)
const data = readMaven()
if (!data) throw new Error(`${mavenFolder} is absent`)
const crm = createCrm({ store: to.startsWith('postgres') ? postgres(to) : sqlite(to) })
await crm.open()
const started = Date.now()
console.log(await loadMaven(crm, data), `${Date.now() - started} ms`)
await crm.close()
