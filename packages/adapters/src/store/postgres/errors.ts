import { StoreFailure, UniqueViolation } from '@guanxi/core/store'

const uniqueViolation = '23505'
/** Serialization, deadlock, lock timeout, stale plan, shutdown, too many clients, connection trouble. */
const transientCode = /^(40001|40P01|55P03|0A000|57P0[123]|53300|08...|ECONN.*|EPIPE|ETIMEDOUT)$/
const lostConnection = /^(Connection terminated|Client has encountered a connection error|Client was closed)/

/** The store's error for an error of the pg driver. */
export function postgresError(error: unknown): Error {
  if (!(error instanceof Error)) return new StoreFailure(String(error), false)
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  if (code === uniqueViolation) return new UniqueViolation(String(constraint), { cause: error })
  const isTransient = transientCode.test(String(code ?? '')) || lostConnection.test(error.message)
  return new StoreFailure(error.message, isTransient, { cause: error })
}
