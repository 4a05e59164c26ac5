import { engines } from '../support/engines.ts'
import { mavenByHand } from './maven-by-hand.ts'

for (const engine of engines.filter(({ name }) => name === 'better-sqlite3')) mavenByHand(engine)
