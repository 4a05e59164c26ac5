import { mavenDay } from '../browser/maven-day.ts'
import { engines } from '../support/engines.ts'

for (const engine of engines.filter(({ name }) => name === 'postgres')) mavenDay(engine)
