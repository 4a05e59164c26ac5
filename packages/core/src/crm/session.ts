import { actions } from '../access/access.ts'
import type { Identity } from '../access/actor.ts'
import { receivesWork } from '../directory/person-state.ts'
import { crmError } from '../error/crm-error.ts'
import { createInbounds } from '../inbound/create-inbounds.ts'
import { enqueueJob } from '../job/enqueue.ts'
import { createOperations } from '../operation/create-operations.ts'
import { createRecords } from '../record/create-records.ts'
import { inUnit, nowOf, type Scope, sessionOf } from '../scope/scope.ts'
import { throwExplained } from '../scope/store-failure.ts'
import { createWebhooks } from '../webhook/create-webhooks.ts'
import { previewCommand, runCommand } from './commands.ts'
import type { Session } from './crm.ts'
import { createDeciders } from './deciders.ts'
import { createDecisions } from './decisions.ts'
import { createDefinitions } from './definitions.ts'
import { createLedgers } from './ledgers.ts'
import { createMessages } from './messages.ts'
import { createSettings } from './settings.ts'

/** The CRM as one actor, by itself or inside a transaction. */
export function createSession(scope: Scope, identity: Identity): Session {
  const { kernel, actor } = scope
  const session: Session = {
    identity: { ...identity, tenant: actor.tenant },
    records: (object: { readonly name: string } | string) => createRecords<never>(scope, nameOf(object)),
    definitions: createDefinitions(scope),
    directory: {
      people: (query = {}) => kernel.directory.people(actor.tenant, query, sessionOf(scope)),
      teams: () => kernel.directory.teams(actor.tenant, sessionOf(scope)),
      receivingWork: async (ids) => {
        const people = await kernel.directory.people(actor.tenant, { ids, limit: 1_000 }, sessionOf(scope))
        return people.filter((person) => receivesWork(person, nowOf(scope)))
      },
    },
    settings: createSettings(scope),
    ledgers: createLedgers(scope),
    decisions: createDecisions(scope),
    messages: createMessages(scope),
    webhooks: createWebhooks(scope),
    inbounds: createInbounds(scope),
    timeZone: async () => kernel.zoneOf(await kernel.tenants.get(scope)),
    deciders: createDeciders(scope),
    workingTime: (question) => kernel.calendars(scope, question),
    enqueue: (job, input, options) => enqueueJob(scope, job, input, options),
    operations: createOperations(scope),
    run: (command, input) => explained(scope, runCommand(scope, identity, command, input)),
    preview: (command, input) => previewCommand(scope, identity, command, input),
    reach: (object) => {
      const verdict = kernel.access.judge(actor, 'read', object)
      if (!verdict.allowed) return null
      return verdict.reach === 'all' ? 'all' : 'own'
    },
    allowed: (object) => actions.filter((action) => kernel.access.judge(actor, action, object).allowed),
    within: (transaction) => createSession({ ...scope, unit: { session: kernel.store.within(transaction), now: nowOf(scope) } }, identity),
    transaction: (work) =>
      explained(
        scope,
        inUnit(scope, (unit) => work(createSession(unit, identity))),
      ),
    service: (ref) => kernel.container.resolve(ref),
  }
  return session
}

/** Inside another transaction the failure is for whoever began that one. */
function explained<T>({ unit }: Scope, answer: Promise<T>): Promise<T> {
  return unit ? answer : answer.catch(throwExplained)
}

/** Callers without a compiler may give anything. */
function nameOf(object: unknown): string {
  if (typeof object === 'string') return object
  if (typeof object === 'object' && object !== null && 'name' in object) return String(object.name)
  throw crmError('OBJECT_UNKNOWN', { object: String(object) })
}
