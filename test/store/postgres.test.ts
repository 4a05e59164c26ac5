import { onServer, storeSuite } from './store-suite.ts'
import { postgresSubject } from './subject.ts'

storeSuite('PostgreSQL', onServer, () => postgresSubject())
