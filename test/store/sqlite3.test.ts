import { onFile, storeSuite } from './store-suite.ts'
import { sqliteSubject } from './subject.ts'

storeSuite('SQLite file with sqlite3', onFile, () => sqliteSubject('sqlite3'))
