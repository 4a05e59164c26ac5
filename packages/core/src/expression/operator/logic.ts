import type { Closure, Test } from '../context.ts'
import { operators } from './operator.ts'

const tests = (of: readonly Closure[]): readonly Test[] => of as readonly Test[]

export const logic = operators({
  and: {
    cost: 1,
    words: { 'zh-CN': '{0}，且{1}', en: '{0} and {1}' },
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
    words: { 'zh-CN': '{0}，或{1}', en: '{0} or {1}' },
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
    words: { 'zh-CN': '并非{0}', en: 'not {0}' },
    run:
      ([a]) =>
      (record, context) =>
        !a?.(record, context),
  },
  isTrue: {
    cost: 1,
    strict: true,
    words: { 'zh-CN': '{0}为是', en: '{0} is yes' },
    denied: { 'zh-CN': '{0}不为是', en: '{0} is not yes' },
    run:
      ([a]) =>
      (record, context) =>
        a?.(record, context) === true,
  },
  isFilled: {
    cost: 1,
    strict: true,
    words: { 'zh-CN': '{0}已填写', en: '{0} is filled in' },
    denied: { 'zh-CN': '{0}未填写', en: '{0} is empty' },
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
    words: { 'zh-CN': '{0}不为零', en: '{0} is not zero' },
    denied: { 'zh-CN': '{0}为零或为空', en: '{0} is zero or empty' },
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
    words: { 'zh-CN': '{0}不为空', en: '{0} is not empty' },
    denied: { 'zh-CN': '{0}为空', en: '{0} is empty' },
    run:
      ([a]) =>
      (record, context) =>
        ((a?.(record, context) ?? []) as readonly unknown[]).length > 0,
  },
  changed: {
    cost: 1,
    memoryOnly: 'PUSH_MODE',
    words: { 'zh-CN': '{0}有改动', en: '{0} changed' },
    denied: { 'zh-CN': '{0}没有改动', en: '{0} did not change' },
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
