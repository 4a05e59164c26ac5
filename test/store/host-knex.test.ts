import { onFile, onServer, storeSuite } from './store-suite.ts'
import { postgresSubject, sqliteSubject } from './subject.ts'

storeSuite("the host's knex with sqlite3", onFile, () => sqliteSubject('sqlite3', 'host'))
storeSuite("the host's knex with better-sqlite3", onFile, () => sqliteSubject('better-sqlite3', 'host'))
storeSuite("the host's knex with pg", onServer, () => postgresSubject({}, 'host'))
