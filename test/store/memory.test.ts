import { alone, storeSuite } from './store-suite.ts'
import { memorySubject } from './subject.ts'

storeSuite('SQLite in memory with sqlite3', alone, () => memorySubject('sqlite3'))
storeSuite('SQLite in memory with better-sqlite3', alone, () => memorySubject('better-sqlite3'))
