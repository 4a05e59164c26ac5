import { engines } from '../support/engines.ts'
import { mavenDay } from './maven-day.ts'

for (const engine of engines.filter(({ name }) => name === 'better-sqlite3')) mavenDay(engine)
