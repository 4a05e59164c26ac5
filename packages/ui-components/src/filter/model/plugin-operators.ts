import type { OperatorView } from '@guanxi/core/expression'
import type { FieldView } from '../../client/types.ts'
import { type Comparison, comparisonsOf, figureComparisons, isOfPlugin, type Needs, needsOf, type PluginComparison } from './comparisons.ts'
import type { Compared, FieldClass, Source } from './fields.ts'
import type { Subject } from './tree.ts'

/** Kinds of fields whose values an operator takes. */
const kindsTaken: Readonly<Record<string, readonly string[]>> = {
  text: ['text', 'longText', 'phone', 'email', 'url', 'choice'],
  int: ['integer'],
  num: ['integer', 'number'],
  bool: ['boolean'],
  date: ['date'],
  instant: ['instant'],
}

/** How a value of a type is entered. */
const entered: Readonly<Record<string, readonly [FieldClass, FieldView['kind']]>> = {
  text: ['text', 'text'],
  int: ['number', 'integer'],
  num: ['number', 'number'],
  bool: ['yesNo', 'boolean'],
  date: ['date', 'date'],
  instant: ['instant', 'instant'],
}

/** There are controls for conditions on one field, with one value at most. */
const isShown = ({ gives, takes }: OperatorView): boolean => gives === 'bool' && takes.length <= 2

/** The operator of a comparison that a plugin has added; undefined where there is none, or no control for it. */
export function operatorOfPlugin({ operators = [] }: Source, comparison: string): OperatorView | undefined {
  const name = comparison.replace(/^!/, '')
  return operators.find((operator) => operator.name === name && isShown(operator))
}

/** All ways to compare a subject: the builder's own, then those of plugins that take such a field. */
export function allComparisons(source: Source, subject: Subject, { cls, field }: Compared): readonly Comparison[] {
  if (subject.is === 'figure') return figureComparisons(subject.fn, cls)
  const taking = (source.operators ?? []).filter((one) => isShown(one) && kindsTaken[one.takes[0] ?? '']?.includes(field.kind))
  return [...comparisonsOf(cls), ...taking.flatMap(({ name }) => [name, `!${name}`] as PluginComparison[])]
}

/** What a comparison needs beside its subject. */
export function needed(source: Source, comparison: Comparison): Needs {
  if (!isOfPlugin(comparison)) return needsOf(comparison)
  return (operatorOfPlugin(source, comparison)?.takes.length ?? 0) > 1 ? 'value' : 'nothing'
}

/** What the value of a comparison is: for an operator of a plugin what it takes, else the same as the field. */
export function takenBy(source: Source, comparison: Comparison, compared: Compared): Compared {
  const type = isOfPlugin(comparison) ? operatorOfPlugin(source, comparison)?.takes[1] : undefined
  const [cls, kind] = (type && entered[type]) || []
  if (!cls || !kind) return compared
  return { cls, field: { name: 'value', kind, label: compared.field.label } }
}
