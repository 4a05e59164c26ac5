import { StoreFailure, UniqueViolation } from '@guanxi/core/store'
import { ConnectionLost } from '../session/connection-lost.ts'

const uniqueViolation = '23505'
/** Serialization, deadlock, lock timeout, stale plan, a forgotten statement, a connection ended by an operator or not let in, too many clients. */
const transientCode = /^(40001|40P01|55P03|0A000|26000|57P0[13]|53300)$/
/** The server fell over, or the way to it broke. */
const lostCode = /^(57P02|08...|ECONN.*|EPIPE|ETIMEDOUT)$/
const lostConnection = /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout)/
/** After these a connection is of no use to anybody; 26000: somebody had it forget what is prepared on it (`DISCARD ALL`). */
const endedCode = /^(57P0[123]|26000)$/

/** The store's error for an error of the pg driver. */
export function postgresError(error: unknown): Error {
  if (!(error instanceof Error)) return new StoreFailure(String(error), false)
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  if (code === uniqueViolation) return new UniqueViolation(String(constraint), { cause: error })
  if (lostCode.test(String(code ?? '')) || lostConnection.test(error.message)) return new ConnectionLost(error.message, { cause: error })
  return new StoreFailure(error.message, transientCode.test(String(code ?? '')), { cause: error })
}

/** Has the connection ended with it? */
export function endsConnection(error: Error): boolean {
  return error instanceof ConnectionLost || endedCode.test(String((error.cause as { code?: unknown } | undefined)?.code ?? ''))
}
