import type { ArrayText } from './array-text.ts'
import type { Spelled } from './spelled.ts'

/** Execute, all rows of the portal without a name, and Sync. */
const executeAndSync = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0x53, 0, 0, 0, 4])

/** The same behind the question what the portal will answer. */
const describeExecuteAndSync = Buffer.concat([Buffer.from([0x44, 0, 0, 0, 6, 0x50, 0]), executeAndSync])

/** Bytes of a Bind besides the statement's name and its values: type, length, portal, end of the name, three counts. */
const bindFrame = 13

const braces = { open: 0x7b, close: 0x7d } as const

/** Marks a value that is null. */
const nothing = -1

/**
 * Runs a prepared statement: Bind, Describe where it is not known what will be answered, Execute and Sync, as one piece of the exact
 * size. Put together message by message the buffers grow several times and go out as a list. Values and answers are texts. Throws where
 * there are more values than the protocol counts, or longer ones.
 */
export function runMessage(name: string, values: readonly Spelled[], isDescribed: boolean): Buffer {
  const rest = isDescribed ? executeAndSync : describeExecuteAndSync
  const sizes = values.map((value) => (value === null ? nothing : Buffer.byteLength(textIn(value))))
  let size = bindFrame + name.length
  for (const bytes of sizes) size += 4 + Math.max(bytes, 0)
  const message = Buffer.allocUnsafe(size + rest.length)
  message[0] = 0x42
  let at = message.writeInt32BE(size - 1, 1)
  message[at++] = 0
  at += message.write(name, at, 'latin1')
  message[at++] = 0
  at = message.writeUInt16BE(0, at)
  at = message.writeUInt16BE(values.length, at)
  for (const [index, value] of values.entries()) {
    at = message.writeInt32BE(sizes[index] ?? nothing, at)
    if (value !== null) at += put(message, at, value)
  }
  at = message.writeUInt16BE(0, at)
  rest.copy(message, at)
  return message
}

const textIn = (value: string | ArrayText): string => (typeof value === 'string' ? value : value.bracketed)

/** Answers how many bytes it took. */
function put(message: Buffer, at: number, value: string | ArrayText): number {
  if (typeof value === 'string') return message.write(value, at, 'utf8')
  const bytes = message.write(value.bracketed, at, 'utf8')
  message[at] = braces.open
  message[at + bytes - 1] = braces.close
  return bytes
}
