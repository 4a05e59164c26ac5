import { engines } from '../support/engines.ts'
import { mavenRules } from './maven-rules.ts'

for (const engine of engines.filter(({ name }) => name === 'better-sqlite3')) mavenRules(engine)
