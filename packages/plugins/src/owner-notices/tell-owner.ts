import { type CommittedChange, type CommittedContext, CrmError, committed, type Hook, type ObjectHandle } from '@guanxi/core'
import type { OwnedObject, ownerMessages } from './messages.ts'

interface Owned {
  readonly name: string
}

const day = 86_400_000

/** Tells whoever becomes the owner of a record, unless they took it themselves. Many at once are one message. */
export function tellOwner(handle: ObjectHandle<Owned>, messages: ReturnType<typeof ownerMessages>): Hook {
  return committed(handle, { id: `tell-${handle.name}-owner`, on: ['create', 'update'], fields: ['ownerId'] }, async (change, context) => {
    const [, owner] = (change.values as Readonly<Record<string, readonly [unknown, unknown]>>).ownerId ?? []
    // What was brought in from before, or comes a day late, is no news.
    const isHistory = context.now - context.at > day
    if (typeof owner !== 'string' || owner === context.actorId || isHistory) return
    const record = await ownedRecord(handle, change, context, owner)
    if (!record) return
    const about = { object: handle.name as OwnedObject, id: change.id }
    const count = await context.records(handle).count({ where: { ownerId: owner, updatedAt: context.at } as never })
    const facts = { name: record.name, by: context.actorId }
    if (count < 2) return void (await context.messages.send({ template: messages.one, to: { person: owner }, data: facts, about }))
    const key = [handle.name, owner, context.actorId, context.at].join(':')
    await context.messages.send({ template: messages.many, to: { person: owner }, data: { ...facts, count }, key })
  })
}

/** The record while it still is theirs; null where it has moved on. */
async function ownedRecord(
  handle: ObjectHandle<Owned>,
  { id }: CommittedChange<Owned>,
  { records }: CommittedContext,
  owner: string,
): Promise<Owned | null> {
  try {
    const record = await records(handle).get(id)
    return record.ownerId === owner ? record : null
  } catch (error) {
    if (error instanceof CrmError && error.code === 'NOT_FOUND') return null
    throw error
  }
}
