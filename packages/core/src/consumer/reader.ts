import type { Session } from '../crm/crm.ts'
import type { CommittedChange, CommittedContext, Hook, HookOperation } from '../hook/hook.ts'
import { listens } from '../hook/match-hooks.ts'
import type { OrderedHook } from '../hook/ordered-hook.ts'
import { enqueueJob } from '../job/enqueue.ts'
import { sendMessage } from '../message/send.ts'
import type { ChangeEntry, Records } from '../record/records.ts'
import type { Scope } from '../scope/scope.ts'
import { systemIdentity, systemScope } from '../scope/system-scope.ts'
import type { RawRow } from '../store/port.ts'
import type { ConsumedChange, Consumer, ConsumerContext } from './consumer.ts'

type Kernel = Scope['kernel']

/** A reader of the log as delivery sees it: a consumer of a plugin, or a committed hook. */
export interface Reader {
  /** Its place in the log is kept under it. */
  readonly id: string
  readonly batch: number
  /** Could it want this change? Judged by what stands in the row, before anything is decoded. */
  wants(row: RawRow): boolean
  /** Does it want it? */
  listens(entry: ChangeEntry): boolean
  /** Done when what it answers has come true: a promise, or anything else at once. Throws or rejects where it failed. */
  run(changes: readonly ChangeEntry[], tenant: string, attempt: number, signal: AbortSignal): unknown
}

/** All readers of a CRM: its plugins' consumers, and each committed hook for itself. */
export function readersOf(kernel: Kernel): readonly Reader[] {
  const { consumers, hooks } = kernel.contributions
  return [...hooks.committed.map((hook) => hookReader(kernel, hook)), ...consumers.map((consumer) => consumerReader(kernel, consumer))]
}

function hookReader(kernel: Kernel, hook: OrderedHook): Reader {
  return {
    id: hook.id,
    batch: 1,
    wants: ({ object, op }) => hook.object === object && hook.on.includes(op as HookOperation),
    listens: ({ operation, values }) => listens(hook, operation, Object.keys(values ?? {})),
    async run([entry], tenant, attempt) {
      if (!entry) return
      const { id, object, recordId, operation, version, values, actor, at, recordedAt } = entry
      const scope = { ...systemScope(kernel, tenant), chain: [hook.id] }
      const change: CommittedChange = { operation, object, id: recordId, version, values: values ?? {} }
      const context: CommittedContext = {
        tenant,
        actorId: actor.id,
        at,
        recordedAt,
        now: kernel.clock(),
        key: `${id}:${hook.id}`,
        attempt,
        records: <T extends object>(handle: { readonly name: string }) => kernel.records(scope, handle.name) as Records<T>,
        messages: {
          send: (message) => sendMessage(scope, { ...message, key: message.key ?? `${id}:${hook.id}:${message.template.key}` }, actor),
        },
        service: (ref) => kernel.container.resolve(ref),
        enqueue: (job, input, options) => enqueueJob(scope, job, input, options),
      }
      await (hook.run as (changes: readonly CommittedChange[], context: CommittedContext) => ReturnType<Hook['run']>)([change], context)
    },
  }
}

function consumerReader(kernel: Kernel, consumer: Consumer): Reader {
  const { id, objects, on, batch = 1 } = consumer
  const names = objects && new Set(objects.map((object) => (typeof object === 'string' ? object : object.name)))
  let known: ConsumerContext | null = null
  return {
    id,
    batch,
    wants: ({ object, op }) => (!names || names.has(String(object))) && (!on || on.includes(op as HookOperation)),
    listens: () => true,
    run(changes, tenant, attempt, signal) {
      // Whoever is told change by change meets the same tenant again and again.
      if (!known || known.tenant !== tenant || known.attempt !== attempt || known.signal !== signal)
        known = consumerContext(kernel, id, tenant, attempt, signal)
      return consumer.run(
        changes.map((change) => withKey(change, id)),
        known,
      )
    },
  }
}

/** The entry was decoded for this call and belongs to nobody else. */
function withKey(change: ChangeEntry, consumer: string): ConsumedChange {
  const keyed = change as ChangeEntry & { key: string }
  keyed.key = `${change.id}:${consumer}`
  return keyed
}

function consumerContext(kernel: Kernel, id: string, tenant: string, attempt: number, signal: AbortSignal): ConsumerContext {
  const scope = { ...systemScope(kernel, tenant), chain: [id] }
  let session: Session | null = null
  return {
    tenant,
    attempt,
    signal,
    get session() {
      session ??= kernel.session(scope, systemIdentity(tenant))
      return session
    },
    enqueue: (job, input, options) => enqueueJob(scope, job, input, options),
    service: (ref) => kernel.container.resolve(ref),
  }
}
