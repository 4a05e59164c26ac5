import { expressionLimits } from './check/checker.ts'
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

  // Formulas that use formulas can be far larger than they are written.
  const spend = (more: number): void => {
    cost += more
    if (cost > budget) throw overLimit('', 'cost', budget)
  }

  const relation = (path: string, object: string, many: boolean): Set<string> => {
    const known = relations.get(path) ?? { object, many, fields: new Set() }
    relations.set(path, known)
    return known.fields
  }

  /** Follows references: where they lead, and the fields that are looked at there. */
  const follow = (path: string, hops: readonly ExpressionField[], from: Set<string> | null): [string, Set<string> | null] => {
    let fields = from
    for (const { name, type } of hops) {
      fields?.add(name)
      path += name
      touched.add(path)
      fields = relation(path, type.to ?? '', false)
      path += '.'
      spend(hopCost)
    }
    return [path, fields]
  }

  const walk = (node: Node | null, prefix: string, inside: Set<string> | null): void => {
    if (!node) return
    spend(node.is === 'call' ? node.op.cost : node.is === 'each' ? aggregateCost + 1 : 1)
    switch (node.is) {
      case 'context':
        usesContext = true
        return
      case 'field': {
        const { name, computed } = node.field
        const [path, fields] = follow(prefix, node.hops, inside)
        fields?.add(name)
        touched.add(path + name)
        usesContext ||= node.previous === true
        const computation = computed?.()
        walk(computation?.node ?? null, path, fields)
        walk(computation?.currency ?? null, path, fields)
        return
      }
      case 'call':
        usesContext ||= node.op.memoryOnly === 'PUSH_CALENDAR'
        for (const part of node.of) walk(part, prefix, inside)
        return
      case 'each': {
        if (insideRows) throw wrongShape(node.path, 'one level of set')
        insideRows = true
        const { field, hops, object } = node.rows
        const path = follow(prefix, hops, inside)[0] + field.name
        touched.add(path)
        const rows = relation(path, object, true)
        walk(node.where, `${path}.`, rows)
        walk(node.value, `${path}.`, rows)
        insideRows = false
      }
    }
  }
  walk(root, '', null)
  const relationsNeeded = [...relations].map(([path, { object, many, fields }]) => ({ path, object, many, fields: [...fields] }))
  return { fieldsTouched: [...touched], relationsNeeded, cost, usesContext }
}
