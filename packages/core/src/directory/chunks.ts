/** Values of one `in` condition, and rows of one statement, at most. */
const chunkSize = 1_000

/** A list in parts that one statement can take. */
export function chunks<T>(values: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(values.length / chunkSize) }, (_, index) =>
    values.slice(index * chunkSize, (index + 1) * chunkSize),
  )
}
