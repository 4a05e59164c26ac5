import { mavenImported } from '../import/maven/maven-imported.ts'
import { engines } from '../support/engines.ts'

for (const engine of engines.filter(({ name }) => name === 'postgres')) mavenImported(engine)
