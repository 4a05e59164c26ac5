import type { Node } from '../expression/node.ts'
import { personObject, teamObject } from '../expression/schema.ts'
import type { Where } from '../record/records.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { findRecords } from './find.ts'

type Row = Readonly<Record<string, unknown>>

/** Object → ids that a sentence will show; people and teams are under names of their own. */
type Mentioned = Map<string, Set<string>>

const most = 200

/** What the records and people are called that a condition and a record name, as far as the reader may see them. */
export async function namesFor(scope: Scope, tenant: Tenant, node: Node, record: Row): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  const reads = [...mentioned(node, record)].map(async ([object, found]) => {
    const ids = [...found].slice(0, most)
    if (object === teamObject) {
      for (const { id, name } of await scope.kernel.directory.teams(scope.actor.tenant, sessionOf(scope))) names.set(id, name)
      return
    }
    if (object === personObject) {
      const persons = await scope.kernel.directory.people(scope.actor.tenant, { ids, limit: most }, sessionOf(scope))
      for (const { id, name } of persons) names.set(id, name)
      return
    }
    const { nameField } = readableRuntime(scope, tenant, object).definition
    if (nameField === null || !scope.kernel.access.judge(scope.actor, 'read', object).allowed) return
    const where = { id: { in: ids } } as unknown as Where
    const { records } = await findRecords(scope, object, { where, fields: [nameField], limit: most })
    for (const one of records as unknown as readonly Row[])
      if (typeof one[nameField] === 'string') names.set(String(one.id), one[nameField])
  })
  await Promise.all(reads)
  return names
}

/** Ids in the fields that are compared, and in what they are compared with. */
function mentioned(root: Node, record: Row): Mentioned {
  const found: Mentioned = new Map()
  const add = (object: string, value: unknown): void => {
    for (const id of Array.isArray(value) ? value : [value]) {
      if (typeof id === 'string') found.set(object, (found.get(object) ?? new Set()).add(id))
    }
  }
  const walk = (node: Node): void => {
    if (node.is === 'each' && node.where) walk(node.where)
    if (node.is !== 'call') return
    const field = node.of.find((part) => part.is === 'field' && (part.type.is === 'id' || part.type.is === 'ids'))
    if (field?.is === 'field' && field.field.name !== 'id') {
      const object = field.field.type.to ?? personObject
      if (field.hops.length === 0) add(object, record[field.field.name])
      for (const part of node.of) if (part.is === 'literal') add(object, part.value)
    }
    for (const part of node.of) walk(part)
  }
  walk(root)
  return found
}
