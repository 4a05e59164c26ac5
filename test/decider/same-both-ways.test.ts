import { engines } from '../support/engines.ts'
import { sameBothWays } from './both-ways.ts'

for (const engine of engines.filter(({ name }) => name === 'better-sqlite3')) sameBothWays(engine, 5)
