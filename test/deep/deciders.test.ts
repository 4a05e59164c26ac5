import { sameBothWays } from '../decider/both-ways.ts'
import { engines } from '../support/engines.ts'

for (const engine of engines) sameBothWays(engine, 60)
