import { engines } from '../support/engines.ts'
import { saveRules } from './save-rules.ts'

// The drivers of SQLite share every statement: the other one has its turn in the deep run.
for (const engine of engines.filter(({ name }) => name !== 'sqlite3')) saveRules(engine)
