/** Everything that an iterable gives. */
export async function collect<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const collected: Value[] = []
  for await (const value of values) collected.push(value)
  return collected
}

/** The bytes of a written file. */
export async function bytesOf(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await collect(file))
}
