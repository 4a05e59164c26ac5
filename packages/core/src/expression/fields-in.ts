import type { Node } from './node.ts'
import type { ExpressionField } from './schema.ts'

/** Every field that a checked tree reads, those of related records and the references to them included; formulas are not opened. */
export function fieldsIn(node: Node): readonly ExpressionField[] {
  switch (node.is) {
    case 'field':
      return [...node.hops, node.field]
    case 'call':
      return node.of.flatMap(fieldsIn)
    case 'each':
      return [...node.rows.hops, node.rows.field, ...(node.where ? fieldsIn(node.where) : []), ...(node.value ? fieldsIn(node.value) : [])]
    default:
      return []
  }
}

/** What of the context a checked tree asks for, by name. */
export function contextIn(node: Node): readonly string[] {
  switch (node.is) {
    case 'context':
      return [node.name]
    case 'call':
      return node.of.flatMap(contextIn)
    case 'each':
      return [...(node.where ? contextIn(node.where) : []), ...(node.value ? contextIn(node.value) : [])]
    default:
      return []
  }
}
