import { plainKey } from '../closure/field.ts'
import type { Closure, Test } from '../context.ts'
import type { Node } from '../node.ts'
import { ofOne, testOne } from './of-values.ts'
import { operators } from './operator.ts'

/** Conditions from left to right until one of them decides; up to four without a loop, because most groups are no longer. */
const group =
  (decides: boolean) =>
  (of: readonly Closure[]): Test => {
    const tests = of as readonly Test[]
    const [a, b, c, d] = tests
    if (!a) return () => !decides
    if (!b) return a
    if (tests.length === 2) {
      return decides
        ? (record, context) => a(record, context) || b(record, context)
        : (record, context) => a(record, context) && b(record, context)
    }
    if (c && !decides) {
      if (!d) return (record, context) => a(record, context) && b(record, context) && c(record, context)
      if (tests.length === 4)
        return (record, context) => a(record, context) && b(record, context) && c(record, context) && d(record, context)
    }
    return (record, context) => {
      for (let index = 0; index < tests.length; index++) if ((tests[index] as Test)(record, context) === decides) return decides
      return !decides
    }
  }

export const logic = operators({
  and: { run: group(false) },
  or: { run: group(true) },
  not: {
    run: ([a], node) => {
      const [inner] = node.of
      const key = inner?.is === 'call' && inner.op.name === 'equal' ? plainKey(inner.of[0] as Node) : null
      const right = inner?.is === 'call' ? inner.of[1] : undefined
      if (key !== null && right?.is === 'literal') return (record) => record[key] !== right.value
      return (record, context) => !a?.(record, context)
    },
  },
  isTrue: testOne((value) => value === true),
  isFilled: testOne((value) => value !== ''),
  isNotZero: testOne((value) => value !== 0),
  isNotEmpty: testOne<readonly unknown[]>((list) => list.length > 0),
  isNull: { run: ofOne(() => false, true) },
  changed: {
    memoryOnly: 'PUSH_MODE',
    // Lists are kept in one order, so equal lists are equal texts.
    run:
      ([now, before]) =>
      (record, context) =>
        JSON.stringify(now?.(record, context)) !== JSON.stringify(before?.(record, context)),
  },
})
