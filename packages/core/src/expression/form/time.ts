import { callNode } from '../check/call-node.ts'
import type { Call, Form } from '../check/checker.ts'
import { constant } from '../check/constant.ts'
import { latest } from '../check/literal.ts'
import { need } from '../check/need.ts'
import { rangeOf } from '../check/number.ts'
import type { ExpressionContext } from '../context.ts'
import { ExpressionError, wrongShape } from '../expression-error.ts'
import type { ContextNode, Node } from '../node.ts'
import { operatorTable } from '../operator/table.ts'
import { dayOf, isPeriod, startOf } from '../time/calendar.ts'
import { parseDuration, shift } from '../time/duration.ts'
import { instant, int } from '../type.ts'
import { contextValue, zoneOf } from './context-value.ts'

/** A point in time that depends on the context only; beside a date it is a day. */
const moment = (name: string, path: string, at: (context: ExpressionContext) => number): ContextNode => ({
  is: 'context',
  name,
  type: instant,
  nullable: false,
  path,
  read: at,
  asDate: (context) => dayOf(at(context), zoneOf(context)),
})

const fromNow =
  (direction: 1 | -1): Form =>
  ({ args, argPath, name, path }) => {
    const duration = parseDuration(args[0])
    if (!duration || args.length !== 1) throw wrongShape(argPath(0), 'P30D')
    return moment(`${name} ${args[0]}`, path, (context) => shift(context.now, duration, direction, zoneOf(context)))
  }

/** `["month"]` = when this month began, `["month", 1]` = when the next one does, `["month", -1]` = when the last one did. */
const periodStart: Form = ({ args, argPath, path }) => {
  const [period, later = 0] = args
  if (!isPeriod(period)) throw wrongShape(argPath(0), 'day-year')
  if (!Number.isInteger(later) || Math.abs(later as number) > 10_000) throw wrongShape(argPath(1), 'int')
  return moment(`startOf ${period} ${later}`, path, (context) => startOf(period, context.now, zoneOf(context), later as number))
}

/** A point in time and a whole number. */
const atAndCount = ({ nodes }: Call): readonly [Node, Node] => {
  const [at, count] = nodes(2) as [Node, Node]
  return [need(at, 'instant'), need(count, 'int')]
}

/** Days of 24 hours, hours: a fixed length of time. */
const plus =
  (milliseconds: number): Form =>
  (call) => {
    const { path } = call
    const [at, count] = atAndCount(call)
    const range = { max: rangeOf(count).max * milliseconds, tiny: 1 }
    if (range.max > latest) throw new ExpressionError('RULE_RANGE', path)
    const length =
      count.is === 'literal'
        ? constant(int, (count.value as number) * milliseconds, count.path, range)
        : callNode(operatorTable.multiply, [count, constant(int, milliseconds, path)], int, path, range)
    return callNode(operatorTable.plusMilliseconds, [at, length], instant, path)
  }

/** Whole days from the first to the second: of 24 hours between instants, of the calendar between dates. */
const daysBetween: Form = ({ checker, nodes, path }) => {
  const met = checker.meet(nodes(2))
  for (const node of met.nodes) need(node, 'instant|date', 'instant or date')
  const op = met.type.is === 'date' ? operatorTable.datesBetween : operatorTable.daysBetween
  return callNode(op, met.nodes, int, path, { max: 200_000_000, tiny: 1 })
}

export const timeForms: Readonly<Record<string, Form>> = {
  now: ({ path }) => contextValue('now', path),
  today: ({ path }) => contextValue('today', path),
  ago: fromNow(-1),
  fromNow: fromNow(1),
  startOf: periodStart,
  addHours: plus(3_600_000),
  addDays: plus(86_400_000),
  addMonths: (call) => call.give(operatorTable.plusMonths, atAndCount(call), instant, true),
  daysBetween,
}
