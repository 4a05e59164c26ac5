import { afterAll, beforeAll, describe } from 'vitest'
import { batches } from './behaviours/batches.ts'
import { changeLog, changeLogAcrossTransactions } from './behaviours/change-log.ts'
import { counting } from './behaviours/counting.ts'
import { created } from './behaviours/created.ts'
import { diffs } from './behaviours/diffs.ts'
import { failing } from './behaviours/failing.ts'
import { hostTransactions } from './behaviours/host-transactions.ts'
import { paging } from './behaviours/paging.ts'
import { predicates } from './behaviours/predicates.ts'
import { reading } from './behaviours/reading.ts'
import { rows } from './behaviours/rows.ts'
import { schema, schemaTogether } from './behaviours/schema.ts'
import { server } from './behaviours/server.ts'
import { boundedStatements, statements } from './behaviours/statements.ts'
import { transactions, transactionsTogether } from './behaviours/transactions.ts'
import { writing } from './behaviours/writing.ts'
import type { Subject } from './subject.ts'

/** What there is besides the store itself: others on the same database, transactions side by side. */
interface Surroundings {
  readonly isShared: boolean
  readonly isConcurrent: boolean
}

export const alone: Surroundings = { isShared: false, isConcurrent: false }
export const onFile: Surroundings = { isShared: true, isConcurrent: false }
export const onServer: Surroundings = { isShared: true, isConcurrent: true }

/** Everything a store must do, run over every implementation. */
export function storeSuite(name: string, { isShared, isConcurrent }: Surroundings, make: () => Promise<Subject>): void {
  describe(name, () => {
    let current: Subject
    beforeAll(async () => {
      current = await make()
    })
    afterAll(() => current?.close())
    const subject = (): Subject => current

    describe('schema', () => schema(subject))
    describe('writing', () => writing(subject))
    describe('new rows', () => created(subject))
    describe('counting', () => counting(subject))
    describe('diffs', () => diffs(subject))
    describe('batches', () => batches(subject))
    describe('rows', () => rows(subject))
    describe('reading', () => reading(subject))
    describe('predicates', () => predicates(subject))
    describe('paging', () => paging(subject))
    describe('transactions', () => transactions(subject))
    describe('failing', () => failing(subject))
    describe('statements', () => statements(subject))
    describe('change log', () => changeLog(subject))
    describe.runIf(isShared)('schema together', () => schemaTogether(subject))
    describe.runIf(isShared)('transactions together', () => transactionsTogether(subject))
    describe.runIf(isShared)('host transactions', () => hostTransactions(subject))
    describe.runIf(isShared)('bounded statements', () => boundedStatements(subject))
    describe.runIf(isConcurrent)('server', () => server(subject))
    describe.runIf(isConcurrent)('change log across transactions', () => changeLogAcrossTransactions(subject))
  })
}
