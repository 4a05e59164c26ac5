import type { Actor } from '../access/actor.ts'
import type { Store } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { personTable } from '../store/system-tables.ts'
import { sortKey } from '../text/sort-key.ts'
import { rowsOf } from './put-rows.ts'
import { encodePerson, writtenPersonColumns } from './row-shape.ts'

const personRows = rowsOf(personTable, writtenPersonColumns)
const nameRows = { table: personTable, columns: ['name', 'name_sort', 'updated_at'] }
const renamed: Predicate = {
  op: 'and',
  of: [
    { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 },
    { op: 'ne', operand: { column: 'name', nullable: false }, param: 2 },
  ],
}

const rememberedPeople = 10_000

/** Keeps people known by the name they last came with. What `put` said of them otherwise stays. */
export function ensurePerson(store: Store, clock: () => number): (actor: Actor) => Promise<void> {
  const ensured = new Map<string, { readonly name: string; readonly done: Promise<void> }>()
  return (actor) => {
    const { tenant, id, kind, name } = actor
    if (kind !== 'user' || name === null) return Promise.resolve()
    const key = JSON.stringify([tenant, id])
    const known = ensured.get(key)
    if (known?.name === name) return known.done
    if (ensured.size >= rememberedPeople) ensured.clear()
    const done = write(store, actor, name, clock())
    ensured.set(key, { name, done })
    // What failed is tried again by the next call.
    done.catch(() => ensured.delete(key))
    return done
  }
}

async function write({ direct }: Store, { tenant, id, locale, roles }: Actor, name: string, now: number): Promise<void> {
  const person = { id, name: name.normalize('NFC'), email: null, state: 'active', awayFrom: null, awayTo: null, locale, roles } as const
  const added = await direct.put(personRows, [[tenant, ...encodePerson(person, now)]], 'ignore')
  if (added === 0) await direct.set(nameRows, [person.name, sortKey(person.name), now], renamed, [tenant, id, person.name])
}
