import { readFileSync } from 'node:fs'
import { compileExpression, ExpressionError, type FieldLike } from '@guanxi/core/expression'
import { describe, expect, it } from 'vitest'
import { type Case, officialTable } from './table.ts'

/** The fields that a case's data have. Child records are an object of their own; anything else has no place in a record. */
function schemaOf(data: Case[1]): {
  readonly object: { name: string; fields: FieldLike[] }
  readonly objects: (name: string) => { name: string; fields: FieldLike[] }
} {
  const fieldsOf = (values: Readonly<Record<string, unknown>>): FieldLike[] =>
    Object.entries(values).flatMap(([name, value]) => {
      const kind = kindOf(value)
      return kind ? [{ name, kind, ...(kind === 'children' && { to: name, by: 'parentId' }) }] : []
    })
  const child = (name: string): FieldLike[] => fieldsOf(((data?.[name] ?? []) as Record<string, unknown>[])[0] ?? { qty: 1, sku: '' })
  return { object: { name: 'case', fields: fieldsOf(data ?? {}) }, objects: (name) => ({ name, fields: child(name) }) }
}

function kindOf(value: unknown): string | null {
  if (typeof value === 'string' || value === null) return 'text'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return Array.isArray(value) && value.every((item) => typeof item === 'object') ? 'children' : null
}

/** The official result, a refusal's code, or what was answered instead. */
function outcome([rule, data, result]: Case): { readonly is: 'same' | 'refused' | 'different'; readonly what: unknown } {
  try {
    const compiled = compileExpression(rule, { ...schemaOf(data), mode: 'memory' })
    const given = compiled.evaluate({ ...data, related: data ?? {} }, { now: 0 })
    return { is: JSON.stringify(given) === JSON.stringify(result) ? 'same' : 'different', what: given }
  } catch (error) {
    if (error instanceof ExpressionError) return { is: 'refused', what: error.code }
    throw error
  }
}

describe('the official table of JsonLogic', () => {
  it.each(officialTable.map((one) => [JSON.stringify(one[0]), one] as const))('%s has its result, or is refused', (_, one) => {
    expect(outcome(one).is, JSON.stringify(outcome(one).what)).not.toBe('different')
  })

  it('is counted in the docs', () => {
    const outcomes = officialTable.map(outcome)
    const count = (is: string): number => outcomes.filter((one) => one.is === is).length
    const page = readFileSync(new URL('../../../docs/guide/expressions.md', import.meta.url), 'utf8')
    const codes = Object.entries(
      Object.groupBy(
        outcomes.filter(({ is }) => is === 'refused'),
        ({ what }) => String(what),
      ),
    )
      .map(([code, list]) => `${code} ${list?.length}`)
      .sort()
    expect(page).toContain(
      `${officialTable.length} cases: ${count('same')} give the official result, ${count('refused')} are refused (${codes.join(', ')}), 0 answer otherwise.`,
    )
  })
})
