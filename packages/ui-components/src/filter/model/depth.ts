/** Twice what an expression may have: operators and their lists take turns. */
const deepest = 80

/** Is it nested so deeply that walking it could fail? Told level by level, without recursion. */
export function isDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}
