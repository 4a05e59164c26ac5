import type { Actor } from '../../src/access/actor.ts'
import type { ErrorEntry } from '../../src/error/crm-error.ts'
import { crmError } from '../../src/error/crm-error.ts'
import type { Hook } from '../../src/hook/hook.ts'
import { type HookRecord, hookRecord } from '../../src/hook/hook-record.ts'
import type { HookScope } from '../../src/hook/hook-scope.ts'
import { orderHooks } from '../../src/hook/ordered-hook.ts'
import { createHookRunner, type HookRunner } from '../../src/hook/run-hooks.ts'
import type { ObjectHandle } from '../../src/object/handle.ts'

export interface Deal {
  title: string
  stage: string | null
  amount: number | null
  tags: string[]
}

export const deal: ObjectHandle<Deal> = {
  name: 'deal',
  schema: {
    type: 'object',
    properties: { title: { type: 'string' }, stage: { type: 'string' }, amount: { type: 'number' }, tags: { type: 'array' } },
  },
  options: {},
}

const actor: Actor = { id: 'u1', tenant: 't1', kind: 'user', roles: [], teamIds: [], name: null, locale: null }

const errors = new Map<string, ErrorEntry>([
  ['SALES_CLOSED', { status: 422, message: { 'zh-CN': '已关闭 {title}', en: 'Closed: {title}' }, hint: null }],
])

/** A runner over hooks of the plugin `sales`. */
export function runnerOf(hooks: readonly Hook[], timer?: () => number): { runner: HookRunner; logged: Record<string, unknown>[] } {
  const logged: Record<string, unknown>[] = []
  const ordered = orderHooks(hooks.map((hook) => ({ plugin: 'sales', hook })))
  return { logged, runner: createHookRunner(ordered, { errors, timer, log: (entry) => void logged.push(entry) }) }
}

const settable = new Set(['title', 'stage', 'amount', 'tags', 'ownerId', 'custom.size'])

export function scopeOf(change: Partial<HookScope> = {}): HookScope {
  const service: HookScope['service'] = (ref) => {
    throw crmError('SERVICE_UNKNOWN', { service: ref.id })
  }
  const settings: HookScope['settings'] = () => {
    throw crmError('SETTING_UNKNOWN', { key: '' })
  }
  return {
    actor,
    now: 1_000,
    chain: [],
    settable: (field) => settable.has(field),
    records: null,
    enqueue: null,
    messages: null,
    settings,
    service,
    ...change,
  }
}

/** A deal being created. */
export function creating(values: Record<string, unknown>, id = 'd1'): HookRecord {
  return hookRecord({ operation: 'create', object: 'deal', id, previous: null, next: values, sent: Object.keys(values) })
}

/** A deal being changed, its row read before. */
export function updating(previous: Record<string, unknown>, patch: Record<string, unknown>, id = 'd1'): HookRecord {
  return hookRecord({ operation: 'update', object: 'deal', id, previous, next: { ...previous, ...patch }, sent: Object.keys(patch) })
}
