import type { Closure, Test } from '../context.ts'
import { operators } from './operator.ts'

const tests = (of: readonly Closure[]): readonly Test[] => of as readonly Test[]

export const logic = operators({
  and: {
    cost: 1,
    run: (of) => {
      const [a, b, c, ...rest] = tests(of)
      if (!a) return () => true
      if (!b) return a
      if (!c) return (record, context) => a(record, context) && b(record, context)
      if (rest.length === 0) return (record, context) => a(record, context) && b(record, context) && c(record, context)
      const all = tests(of)
      return (record, context) => {
        for (let index = 0; index < all.length; index++) if (!(all[index] as Test)(record, context)) return false
        return true
      }
    },
  },
  or: {
    cost: 1,
    run: (of) => {
      const [a, b, c] = tests(of)
      if (!a) return () => false
      if (!b) return a
      if (!c) return (record, context) => a(record, context) || b(record, context)
      const any = tests(of)
      return (record, context) => {
        for (let index = 0; index < any.length; index++) if ((any[index] as Test)(record, context)) return true
        return false
      }
    },
  },
  not: {
    cost: 1,
    run:
      ([a]) =>
      (record, context) =>
        !a?.(record, context),
  },
  isTrue: {
    cost: 1,
    strict: true,
    run:
      ([a]) =>
      (record, context) =>
        a?.(record, context) === true,
  },
  isFilled: {
    cost: 1,
    strict: true,
    run:
      ([a]) =>
      (record, context) => {
        const value = a?.(record, context)
        return value !== null && value !== ''
      },
  },
  isNotZero: {
    cost: 1,
    strict: true,
    run:
      ([a]) =>
      (record, context) => {
        const value = a?.(record, context)
        return value !== null && value !== 0
      },
  },
  isNotEmpty: {
    cost: 1,
    strict: true,
    run:
      ([a]) =>
      (record, context) =>
        ((a?.(record, context) ?? []) as readonly unknown[]).length > 0,
  },
  changed: {
    cost: 1,
    memoryOnly: 'PUSH_MODE',
    run:
      ([now, before]) =>
      (record, context) =>
        !isSame(now?.(record, context), before?.(record, context)),
  },
})

function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b
  return a.length === b.length && a.every((item, index) => item === b[index])
}
