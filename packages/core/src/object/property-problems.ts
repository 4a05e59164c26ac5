import { inferKind } from '../kind/infer-kind.ts'
import { isKindName, kindNames, kindOf } from '../kind/registry.ts'
import { fieldRightProblem } from './field-right.ts'
import { fieldNameProblem } from './names.ts'
import type { KindName, PropertySchema } from './schema.ts'

/** What is wrong with properties and their names, in words that say what to do. */
export function propertiesProblems(properties: Readonly<Record<string, PropertySchema>>, required: readonly string[]): string[] {
  const names = Object.keys(properties)
  const missing = required.filter((name) => !names.includes(name))
  return [
    ...names.flatMap((name) => {
      const property = properties[name]
      return property ? propertyProblemsOf(name, property) : []
    }),
    ...missing.map((name) => `"${name}" is required but no property; add it or take it out of "required"`),
    ...required.filter((name) => properties[name]?.kind === 'children').map((name) => `"${name}": children cannot be required`),
    ...required.filter((name) => properties[name]?.formula).map((name) => `"${name}": a formula cannot be required`),
    ...required
      .filter((name) => properties[name]?.when?.hidden)
      .map((name) => `"${name}" is always required, so it cannot be hidden; use "when.required"`),
  ]
}

/** What is wrong with one property. */
export function propertyProblemsOf(name: string, property: PropertySchema): string[] {
  const nameProblem = fieldNameProblem(name)
  if (nameProblem) return [nameProblem]
  const kind = inferKind(property)
  if (!isKindName(kind)) return [`"${name}" has unknown kind "${String(kind)}"; use one of ${kindNames.join(', ')}`]
  const rights = Object.entries(property.access ?? {}).flatMap(([role, right]) => {
    const problem = fieldRightProblem(kind, right)
    return problem ? [`access of “${role}”: ${problem}`] : []
  })
  return [...kindOf(kind).check(property), ...formulaProblems(kind, property), ...rights].map(
    (problem) => `"${name}" (${kind}): ${problem}`,
  )
}

const computable: readonly KindName[] = [
  'text',
  'longText',
  'integer',
  'number',
  'decimal',
  'money',
  'boolean',
  'date',
  'instant',
  'choice',
  'reference',
  'user',
]

const switchesOfWritten = ['default', 'readOnly', 'unique', 'search'] as const

/** What a field that nobody writes cannot have. The expression itself is checked when all objects are known. */
function formulaProblems(kind: KindName, property: PropertySchema): string[] {
  const { formula, when } = property
  if (formula === undefined) return when?.clear && when.hidden === undefined ? ['"clear" goes with "hidden"; add it or remove "clear"'] : []
  if (!computable.includes(kind)) return [`a formula cannot give ${kind}; use one of ${computable.join(', ')}`]
  const mode: unknown = formula.mode ?? 'read'
  return [
    ...(property.kind === undefined && property.type === undefined ? ['say what the formula gives: "kind"'] : []),
    ...(mode === 'stored' || mode === 'read' ? [] : ['the mode of a formula is "stored" or "read"']),
    ...switchesOfWritten.filter((key) => property[key] !== undefined).map((key) => `"${key}" means nothing for a formula; remove it`),
    ...(property.index && mode !== 'stored' ? ['only a stored formula can have an index'] : []),
    ...(when?.required !== undefined || when?.readOnly !== undefined || when?.clear ? ['a formula can only be hidden'] : []),
    ...((kind === 'money') === (formula.currency !== undefined) ? [] : [currencyProblem(kind)]),
  ]
}

const currencyProblem = (kind: KindName): string =>
  kind === 'money' ? 'say its currency: a code such as CNY, or the money field it has it from' : '"currency" is for money only; remove it'
