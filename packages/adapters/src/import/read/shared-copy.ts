import { setImmediate } from 'node:timers/promises'

const step = 4 * 1024 * 1024

/** The bytes where a thread can see them, copied a piece at a time so that the event loop goes on in between. */
export async function sharedCopy(bytes: Uint8Array): Promise<SharedArrayBuffer> {
  const shared = new SharedArrayBuffer(bytes.byteLength)
  const copy = new Uint8Array(shared)
  for (let position = 0; position < bytes.byteLength; position += step) {
    copy.set(bytes.subarray(position, position + step), position)
    await setImmediate()
  }
  return shared
}
