import { mavenByHand } from '../browser/maven-by-hand.ts'
import { engines } from '../support/engines.ts'

for (const engine of engines.filter(({ name }) => name !== 'sqlite3')) mavenByHand(engine)
