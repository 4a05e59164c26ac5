import { isTextId } from '../access/to-actor.ts'
import type { Person } from '../directory/directory.ts'
import { receivesWork } from '../directory/person-state.ts'
import { crmError } from '../error/crm-error.ts'
import { nowOf, type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import { membershipTable } from '../store/system-tables.ts'
import type { ContactReach, ContactTools } from './contact.ts'
import type { MessageRecipient, RecordReference } from './message.ts'

/** Recipients of one message at most, members of teams counted. */
const recipientLimit = 1_000

/** Somebody or some group a message goes to, as far as they are known. */
export interface Target {
  /** As the ledger names it. */
  readonly recipient: string
  /** Whose caps count. */
  readonly subject: string
  readonly to:
    | { readonly is: 'person'; readonly id: string; readonly person: Person | null }
    | { readonly is: 'contact'; readonly reach: ContactReach }
    | { readonly is: 'group'; readonly channel: string }
}

/** Everybody a message goes to, once each, in their order. */
export async function targetsOf(scope: Scope, to: MessageRecipient | readonly MessageRecipient[]): Promise<readonly Target[]> {
  const list = Array.isArray(to) ? (to as readonly MessageRecipient[]) : [to as MessageRecipient]
  if (list.length === 0) throw refuse('at least one recipient is expected')
  const named = list.flatMap((one) => ('person' in one ? [textId(one.person)] : []))
  const members = (await Promise.all(list.map((one) => ('team' in one ? membersOf(scope, textId(one.team)) : [])))).flat()
  const ids = [...new Set([...named, ...members])]
  if (ids.length + list.length > recipientLimit * 2 || ids.length > recipientLimit)
    throw crmError('LIMIT_EXCEEDED', { what: 'recipients', limit: recipientLimit }, { path: '/to' })
  const people = await peopleById(scope, ids)
  const targets: Target[] = []
  for (const one of list) targets.push(...(await targetsOfOne(scope, one, people, members)))
  return [...new Map(targets.map((target) => [target.recipient, target])).values()]
}

async function targetsOfOne(
  scope: Scope,
  one: MessageRecipient,
  people: ReadonlyMap<string, Person>,
  members: readonly string[],
): Promise<readonly Target[]> {
  if ('person' in one) return [personTarget(one.person, people.get(one.person) ?? null)]
  if ('team' in one) {
    const now = nowOf(scope)
    return members.flatMap((id) => {
      const person = people.get(id)
      return person?.teamIds.includes(one.team) && receivesWork(person, now) ? [personTarget(id, person)] : []
    })
  }
  if ('group' in one) return [groupTarget(textId(one.group))]
  const reference = 'contactPoint' in one ? { object: 'contact_point', id: textId(one.contactPoint) } : one.record
  if (!reference) throw refuse('a person, team, contact point, record or group is expected')
  return [contactTarget(reference, await contactReach(scope, reference))]
}

/** Finds the target of a send that was queued earlier again, as it is now. Throws NOT_FOUND where it is gone. */
export async function targetOfSend(scope: Scope, recipient: string, subject: string): Promise<Target> {
  const [kind, id] = [recipient.slice(0, recipient.indexOf(':')), recipient.slice(recipient.indexOf(':') + 1)]
  if (kind === 'person') return personTarget(id, (await peopleById(scope, [id])).get(id) ?? null)
  if (kind === 'group') return groupTarget(id)
  return { recipient, subject, to: { is: 'contact', reach: await contactReach(scope, { object: kind, id }) } }
}

/** How somebody outside can be reached, as the plugin that knows their object says. */
async function contactReach(scope: Scope, { object, id }: RecordReference): Promise<ContactReach> {
  const source = scope.kernel.contributions.contacts.get(object)
  if (!source) throw refuse(`no plugin says how “${String(object).slice(0, 100)}” is reached`)
  return source.reach(id, contactTools(scope))
}

/** What sources and gates read with. */
export function contactTools(scope: Scope): ContactTools {
  return { now: nowOf(scope), records: (handle) => scope.kernel.records(scope, handle.name) as never }
}

function personTarget(id: string, person: Person | null): Target {
  return { recipient: `person:${id}`, subject: `person:${id}`, to: { is: 'person', id, person } }
}

function groupTarget(channel: string): Target {
  return { recipient: `group:${channel}`, subject: `group:${channel}`, to: { is: 'group', channel } }
}

function contactTarget({ object, id }: RecordReference, reach: ContactReach): Target {
  return { recipient: `${object}:${id}`, subject: `${reach.subject.object}:${reach.subject.id}`, to: { is: 'contact', reach } }
}

async function peopleById(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  if (ids.length === 0) return new Map()
  const people = await scope.kernel.directory.people(scope.actor.tenant, { ids, limit: recipientLimit }, sessionOf(scope))
  return new Map(people.map((person) => [person.id, person]))
}

const membersPlan: SelectPlan = {
  table: membershipTable,
  columns: ['person_id'],
  where: { op: 'eq', operand: { column: 'team_id', nullable: false }, param: 2 },
  order: [{ operand: { column: 'person_id', nullable: false }, descending: false }],
  limit: 1,
  revision: false,
}

async function membersOf(scope: Scope, team: string): Promise<readonly string[]> {
  const rows = await sessionOf(scope).select(membersPlan, [scope.actor.tenant, recipientLimit + 1, team])
  return rows.map((row) => String(row.person_id))
}

function textId(value: unknown): string {
  if (isTextId(value)) return value
  throw refuse('an id is text of 1 to 200 characters')
}

function refuse(reason: string) {
  return crmError('PARAMETER_INVALID', { name: 'to', reason }, { path: '/to' })
}
