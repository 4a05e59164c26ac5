import { inferKind } from '../kind/infer-kind.ts'
import { isKindName, kindNames, kindOf } from '../kind/registry.ts'
import { fieldRightProblem } from './field-right.ts'
import { fieldNameProblem } from './names.ts'
import type { PropertySchema } from './schema.ts'

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
  return [...kindOf(kind).check(property), ...rights].map((problem) => `"${name}" (${kind}): ${problem}`)
}
