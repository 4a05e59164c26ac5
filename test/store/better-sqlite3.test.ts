import { storeSuite } from './store-suite.ts'
import { sqliteSubject } from './subject.ts'

storeSuite('SQLite file with better-sqlite3', () => sqliteSubject('better-sqlite3'))
