import { onFile, storeSuite } from './store-suite.ts'
import { sqliteSubject } from './subject.ts'

storeSuite('SQLite file with better-sqlite3', onFile, () => sqliteSubject('better-sqlite3'))
