import { onServer, storeSuite } from './store-suite.ts'
import { postgresSubject } from './subject.ts'

storeSuite('PostgreSQL with one connection and no named statements', onServer, () =>
  postgresSubject({ pool: { min: 0, max: 1 }, namedStatements: false }),
)
