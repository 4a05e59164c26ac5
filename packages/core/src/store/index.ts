export { StoreFailure, UniqueViolation } from './errors.ts'
export type {
  AggregatePlan,
  AsOf,
  BatchRow,
  BatchValues,
  ChangeValues,
  CounterTake,
  Guard,
  Measure,
  Order,
  RawRow,
  RowsPlan,
  RowValues,
  SatellitePlan,
  SchemaPlan,
  SelectPlan,
  StatementObserver,
  Store,
  StoreSession,
  WriteOutcome,
  WritePlan,
  WriteValues,
} from './port.ts'
export type { Leaf, Operand, Param, Predicate } from './predicate.ts'
export type { ColumnSpec, ColumnType, IndexSpec, TableSpec } from './schema.ts'
export {
  balanceTable,
  changeTable,
  consumerTable,
  idempotencyTable,
  instanceTable,
  membershipTable,
  migrationTable,
  overlayTable,
  parkedTable,
  personTable,
  revisionTable,
  systemTables,
  teamTable,
  teamTreeTable,
  tokenTable,
} from './system-tables.ts'
export type { Term, TermSql, TermText } from './term.ts'
