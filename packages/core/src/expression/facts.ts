import { expressionLimits } from './check/checker.ts'
import type { Computation } from './computation.ts'
import { overLimit, wrongShape } from './expression-error.ts'
import type { Node } from './node.ts'
import type { ExpressionField } from './schema.ts'

/** Related records that must be loaded before an expression can be evaluated here. */
export interface RelationNeeded {
  /** Fields to follow from the record: `customerId`, `customerId.parentId`, `deals`. */
  readonly path: string
  readonly object: string
  readonly many: boolean
  /** Fields of the related record that are looked at. */
  readonly fields: readonly string[]
}

/** What an expression looks at, and what that costs. */
export interface ExpressionFacts {
  readonly fieldsTouched: readonly string[]
  readonly relationsNeeded: readonly RelationNeeded[]
  readonly cost: number
  readonly usesContext: boolean
}

/** What several expressions need: each path once, with all fields that any of them looks at. */
export function relationsTogether(needed: readonly RelationNeeded[]): readonly RelationNeeded[] {
  return [...Map.groupBy(needed, ({ path }) => path).values()].flatMap(([first, ...others]) =>
    first ? { ...first, fields: [...new Set([first, ...others].flatMap(({ fields }) => fields))] } : [],
  )
}

const hopCost = 50
const aggregateCost = 500

/** Walks a checked tree once. Throws RULE_LIMIT where it would cost too much. */
export function factsOf(root: Node, budget: number = expressionLimits.cost): ExpressionFacts {
  const touched = new Set<string>()
  const relations = new Map<string, { object: string; many: boolean; fields: Set<string> }>()
  let cost = 0
  let usesContext = false
  let insideRows = false

  const relation = (path: string, object: string, many: boolean): Set<string> => {
    const known = relations.get(path) ?? { object, many, fields: new Set() }
    relations.set(path, known)
    return known.fields
  }

  const follow = (prefix: string, hops: readonly ExpressionField[]): { path: string; fields: Set<string> | null } => {
    let path = prefix
    let fields = relations.get(prefix)?.fields ?? null
    for (const hop of hops) {
      fields?.add(hop.name)
      touched.add(path + hop.name)
      fields = relation(path + hop.name, hop.type.to ?? '', false)
      path += `${hop.name}.`
      cost += hopCost
    }
    return { path, fields }
  }

  const walkComputed = ({ node, currency }: Computation, prefix: string, inside: Set<string> | null): void => {
    walk(node, prefix, inside)
    if (currency) walk(currency, prefix, inside)
  }

  const walk = (node: Node, prefix: string, inside: Set<string> | null): void => {
    cost += node.is === 'call' ? node.op.cost : 1
    // Formulas that use formulas can be far larger than they are written.
    if (cost > budget) throw overLimit('', 'cost', budget)
    switch (node.is) {
      case 'literal':
        return
      case 'context':
        usesContext = true
        return
      case 'field': {
        const { path, fields } = follow(prefix, node.hops)
        if (node.hops[0]) inside?.add(node.hops[0].name)
        const own = node.hops.length > 0 ? fields : inside
        own?.add(node.field.name)
        touched.add(path + node.field.name)
        usesContext ||= node.previous === true
        if (node.field.computed) walkComputed(node.field.computed(), path, own)
        return
      }
      case 'call':
        usesContext ||= node.op.memoryOnly === 'PUSH_CALENDAR'
        for (const part of node.of) walk(part, prefix, inside)
        return
      case 'each': {
        cost += aggregateCost
        if (insideRows) throw wrongShape(node.path, 'one level of set')
        insideRows = true
        const { path } = follow(prefix, node.rows.hops)
        touched.add(path + node.rows.field.name)
        const rows = relation(path + node.rows.field.name, node.rows.object, true)
        const within = `${path + node.rows.field.name}.`
        if (node.where) walk(node.where, within, rows)
        if (node.value) walk(node.value, within, rows)
        insideRows = false
      }
    }
  }
  walk(root, '', null)
  if (cost > budget) throw overLimit('', 'cost', budget)
  const relationsNeeded = [...relations].map(([path, { object, many, fields }]) => ({ path, object, many, fields: [...fields] }))
  return { fieldsTouched: [...touched], relationsNeeded, cost, usesContext }
}
