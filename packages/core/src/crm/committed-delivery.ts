import { decodeChange } from '../change/decode-change.ts'
import { type CommittedRunner, createCommittedRunner } from '../hook/committed.ts'
import { sendMessage } from '../message/send.ts'
import type { ObjectHandle } from '../object/handle.ts'
import { createRecords } from '../record/create-records.ts'
import type { RawRow } from '../store/port.ts'
import type { ObjectRuntimes } from '../tenant/load-tenant.ts'
import type { Kernel } from './kernel.ts'
import { systemScope } from './system-scope.ts'

const idle: CommittedRunner = { prepare: async () => {}, flush: async () => {}, start: () => {}, stop: async () => {} }

/** Brings the change log to committed hooks; does nothing at all where there are none. */
export function committedDelivery(kernel: Kernel, runtimes: ObjectRuntimes): CommittedRunner {
  const { store, clock, log, contributions } = kernel
  const hooks = contributions.hooks.committed
  if (hooks.length === 0) return idle
  return createCommittedRunner({
    store,
    hooks,
    clock,
    log,
    decode: async (row) => decodeChange(row, await definitionFor(kernel, runtimes, row)),
    lend: (tenant, entry, hook) => {
      const scope = { ...systemScope(kernel, tenant), chain: [hook.id] }
      return {
        records: <T extends object>(object: ObjectHandle<T>) => createRecords<T>(scope, object.name),
        messages: {
          send: (message) =>
            sendMessage(scope, { ...message, key: message.key ?? `${entry.id}:${hook.id}:${message.template.key}` }, entry.actor),
        },
        service: (ref) => kernel.container.resolve(ref),
      }
    },
  })
}

/** The definition of the tenant the change belongs to, so that its own fields have their names. */
async function definitionFor(kernel: Kernel, runtimes: ObjectRuntimes, row: RawRow) {
  const object = String(row.object)
  if (!runtimes.names().includes(object)) throw new Error(`No plugin defines ${object} any more.`)
  const tenant = await kernel.tenants.get(systemScope(kernel, String(row.tenant_id)))
  return tenant.runtime(object).definition
}
