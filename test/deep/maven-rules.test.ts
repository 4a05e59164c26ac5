import { mavenRules } from '../browser/maven-rules.ts'
import { engines } from '../support/engines.ts'

for (const engine of engines.filter(({ name }) => name === 'postgres')) mavenRules(engine)
