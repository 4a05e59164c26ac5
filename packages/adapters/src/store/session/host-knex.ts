import type { Knex } from 'knex'

/** The part of a knex client that a store uses. */
export interface KnexClient {
  readonly dialect: string
  readonly driverName: string
  acquireConnection(): Promise<unknown>
  releaseConnection(connection: unknown): Promise<void>
}

export function clientOf(knex: Knex): KnexClient {
  return knex.client as KnexClient
}

/** Is it a knex object (and not a file name, URL or configuration)? */
export function isKnex(value: unknown): value is Knex {
  return typeof value === 'function' && 'client' in value && 'transaction' in value
}

/** The client of the host's transaction, or an error that says what was given instead. */
export function transactionClient(value: unknown, dialect: string): KnexClient {
  if (!isKnex(value) || !('isTransaction' in value) || value.isTransaction !== true) {
    throw new TypeError('within() takes a knex transaction, as given by knex.transaction().')
  }
  const transaction = value as Knex.Transaction
  const client = clientOf(transaction)
  if (client.dialect !== dialect) throw new TypeError(`within() got a transaction of ${client.dialect}, but the store is on ${dialect}.`)
  if (transaction.isCompleted()) throw new TypeError('within() got a transaction that has already ended.')
  return client
}
