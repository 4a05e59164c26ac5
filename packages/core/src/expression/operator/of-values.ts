import type { Closure } from '../context.ts'

type Run = (of: readonly Closure[]) => Closure

/** A computation on one value, or a test of it; `none` is what comes of null. */
export const ofOne =
  <T>(compute: (value: T) => unknown, none: unknown = null): Run =>
  ([a]) =>
  (record, context) => {
    const value = a?.(record, context) ?? null
    return value === null ? none : compute(value as T)
  }

/** The same of two. */
export const ofTwo =
  <T>(compute: (a: T, b: T) => unknown, none: unknown = null): Run =>
  ([a, b]) =>
  (record, context) => {
    const left = a?.(record, context) ?? null
    if (left === null) return none
    const right = b?.(record, context) ?? null
    return right === null ? none : compute(left as T, right as T)
  }

/** A test of one value, which null fails. */
export const testOne = <T>(test: (value: T) => boolean): { readonly strict: true; readonly run: Run } => ({
  strict: true,
  run: ofOne(test, false),
})

/** A test of two values, which null fails. */
export const testTwo = <T>(test: (a: T, b: T) => boolean): { readonly strict: true; readonly run: Run } => ({
  strict: true,
  run: ofTwo(test, false),
})
