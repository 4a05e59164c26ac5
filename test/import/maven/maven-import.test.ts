import { engines } from '../../support/engines.ts'
import { mavenImported } from './maven-imported.ts'

for (const engine of engines.filter(({ name }) => name === 'better-sqlite3')) mavenImported(engine)
