import { OutcomeUnknown, StoreFailure } from '@guanxi/core/store'

/** The connection broke while an answer was awaited: whatever was asked may have been done. */
export class ConnectionLost extends StoreFailure {
  override readonly name = 'ConnectionLost'

  constructor(message: string, options?: ErrorOptions) {
    super(message, true, options)
  }
}

/** For what commits by itself: who loses the connection there does not know what became of it. */
export function throwUnconfirmed(error: unknown): never {
  throw error instanceof ConnectionLost ? new OutcomeUnknown(error.message, { cause: error }) : error
}
