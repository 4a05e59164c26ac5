import { storeSuite } from './store-suite.ts'
import { postgresSubject, sqliteSubject } from './subject.ts'

storeSuite("the host's knex with sqlite3", () => sqliteSubject('sqlite3', 'host'))
storeSuite("the host's knex with better-sqlite3", () => sqliteSubject('better-sqlite3', 'host'))
storeSuite("the host's knex with pg", () => postgresSubject({}, 'host'))
