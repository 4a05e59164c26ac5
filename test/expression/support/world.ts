import type { Crm, ObjectDefinition, Session } from '@guanxi/core'
import { createCrm } from '@guanxi/core'
import type { ExpressionContext } from '@guanxi/core/expression'
import type { Predicate, Store, Term } from '@guanxi/core/store'
import { directoryDefinition } from '../../../packages/core/src/directory/path-definitions.ts'
import { checkExpression } from '../../../packages/core/src/expression/compile-expression.ts'
import { coreForms } from '../../../packages/core/src/expression/form/table.ts'
import { literalForm } from '../../../packages/core/src/expression/lower/literal-form.ts'
import { lowerCondition } from '../../../packages/core/src/expression/lower/lower-term.ts'
import { placesOf } from '../../../packages/core/src/expression/lower/places.ts'
import { Params } from '../../../packages/core/src/expression/shape.ts'
import { LogicBook } from '../../../packages/core/src/logic/book.ts'
import type { Database } from '../../support/engines.ts'
import { adminFields, order, person, remark, shop, task } from './objects.ts'
import { directory, peopleOf } from './people.ts'
import type { Sample } from './sample.ts'

type Row = Record<string, unknown>

/** The people and things of the test, in one database. */
export interface World {
  readonly name: string
  /** Ids of the orders for which an expression holds, by SQL, in order. */
  select(logic: unknown, context: ExpressionContext): Promise<string[]>
  /** Ids of the orders for which a condition of the store holds. */
  selectTerm(term: Term): Promise<string[]>
  /** Makes related records that are deleted visible; returns the undo. */
  showDeleted(): () => void
  /** Finds children by the id they point to alone; returns the undo. */
  forgetObjects(): () => void
  readonly definition: (object: string) => ObjectDefinition
  readonly crm: Crm
  readonly session: Session
  close(): Promise<void>
}

/** Writes the sample through the CRM's own door, then opens a second store for the SQL under test. */
export async function openWorld(name: string, database: Database, sample: Sample): Promise<World> {
  const crm = createCrm({ store: database.store(), tenant: 'test', standard: false, plugins: [shop()] })
  await crm.open()
  const session = crm.as({ id: 'ada', roles: ['admin'] })
  await crm.directory.put(directory)
  for (const [field, property] of Object.entries(adminFields)) await session.definitions.addField('order', field, property)
  // One by one: a company may have another of them as its parent.
  for (const row of sample.company) await session.records('company').create(row as never)
  for (const handle of [person, order, task, remark])
    await session.records(handle.name).createMany(sample[handle.name as keyof Sample] as never)
  for (const { object, id } of sample.deleted) await session.records(object).remove({ id, version: 'any' })
  const definitions = new Map((await session.definitions.list()).map((definition) => [definition.name, definition]))
  const definition = (object: string): ObjectDefinition => directoryDefinition(object) ?? (definitions.get(object) as ObjectDefinition)
  const book = new LogicBook({ definition, forms: coreForms, literal: literalForm(definition, { country: 'CN' }) })
  const store = database.store()
  await store.open()
  const places = placesOf(definition, () => undefined)
  let isLiveOnly = true
  let knowsObjects = true
  const shown: typeof places = {
    ...places,
    rows: (field) => (knowsObjects ? places.rows(field) : { by: places.rows(field).by }),
    object: (name) => (isLiveOnly ? places.object(name) : { ...places.object(name), visible: () => undefined }),
  }
  const run = async (condition: Predicate, values: readonly unknown[]): Promise<string[]> => {
    const id = { column: 'id', nullable: false } as const
    const live = { op: 'isNull', operand: { column: 'deleted_at', nullable: true } } as const
    const where: Predicate = { op: 'and', of: [live, condition] }
    const plan = { table: definition('order').table, columns: ['id'], where, order: [{ operand: id, descending: false }], revision: false }
    return (await (store as Store).direct.select(plan, values)).map((row) => String(row.id))
  }
  return {
    name,
    select(logic, context) {
      const node = checkExpression(logic, { schema: book.schema(definition('order')), expect: 'condition' })
      const params = new Params('test')
      return run(lowerCondition(node, shown, params, context), params.values)
    },
    selectTerm: (term) => run({ op: 'term', term }, ['test']),
    showDeleted: () => {
      isLiveOnly = false
      return () => {
        isLiveOnly = true
      }
    },
    forgetObjects: () => {
      knowsObjects = false
      return () => {
        knowsObjects = true
      }
    },
    definition,
    crm,
    session,
    async close() {
      await store.close()
      await crm.close()
      await database.drop()
    },
  }
}

/** The live orders as the API shows them, with all that they lead to under `related`. */
export async function readOrders(session: Session): Promise<Row[]> {
  const all = async (object: string): Promise<Row[]> => {
    const rows: Row[] = []
    let cursor: string | null = null
    do {
      const page: { records: unknown[]; cursor: string | null } = await session
        .records(object)
        .find({ limit: 500, sort: ['id'], ...(cursor ? { cursor } : {}) })
      rows.push(...(page.records as Row[]))
      cursor = page.cursor
    } while (cursor)
    return rows
  }
  const [companies, people, orders] = [await all('company'), await all('guest'), await all('order')]
  const [tasks, remarks] = [await all('task'), await all('remark')]
  const byId = (rows: readonly Row[]): Map<unknown, Row> => new Map(rows.map((row) => [row.id, row]))
  const [companyById, personById] = [byId(companies), byId(people)]
  for (const row of remarks) row.related = { guestId: personById.get(row.guestId) ?? null }
  const remarksOf = Map.groupBy(remarks, ({ about }) => {
    const { object, id } = (about ?? {}) as { object?: string; id?: string }
    return `${object} ${id}`
  })
  for (const row of companies) {
    row.related = { parentId: companyById.get(row.parentId) ?? null, remarks: remarksOf.get(`company ${row.id}`) ?? [] }
  }
  for (const row of people) row.related = { companyId: companyById.get(row.companyId) ?? null }
  const tasksOf = Map.groupBy(tasks, (row) => row.orderId)
  for (const row of orders) {
    row.related = {
      ...peopleOf(row),
      companyId: companyById.get(row.companyId) ?? null,
      peopleIds: (row.peopleIds as string[]).flatMap((id) => personById.get(id) ?? []),
      tasks: tasksOf.get(row.id) ?? [],
      remarks: remarksOf.get(`order ${row.id}`) ?? [],
    }
  }
  for (const row of tasks) row.related = { orderId: orders.find(({ id }) => id === row.orderId) ?? null }
  return orders
}
