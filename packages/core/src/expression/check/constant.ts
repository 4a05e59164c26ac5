import type { LiteralNode } from '../node.ts'
import type { Range, Type } from '../type.ts'

/** A value whose type is settled. */
export const constant = (type: Type, value: unknown, path: string, range?: Range): LiteralNode => ({
  is: 'literal',
  type,
  nullable: false,
  value,
  path,
  range,
})
