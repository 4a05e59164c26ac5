import { isTextId } from '../access/to-actor.ts'
import { crmError } from '../error/crm-error.ts'
import { checkWhere } from '../read/where.ts'
import type { Scope } from '../scope/scope.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { withTenant } from '../tenant/tenants.ts'
import { asOwner } from './owner.ts'
import type { StoredWebhook } from './rows.ts'
import type { WebhookInput, WebhookOperation } from './webhook.ts'

const limits = { name: 100, url: 2_000, description: 1_000, objects: 100 } as const
const operations: readonly WebhookOperation[] = ['create', 'update', 'delete', 'restore']
const keys = new Set(['name', 'url', 'description', 'objects', 'operations', 'condition', 'ownerId'])

/** What people set of a webhook, checked. */
export type WebhookConfig = Pick<StoredWebhook, 'name' | 'url' | 'description' | 'objects' | 'operations' | 'condition' | 'ownerId'>

/** Joins what is there with what somebody sent, and refuses what cannot be. Everything is judged by the rights of the owner. */
export async function checkedConfig(scope: Scope, before: WebhookConfig, patch: Partial<WebhookInput>): Promise<WebhookConfig> {
  const stranger = Object.keys(patch).find((key) => !keys.has(key))
  if (stranger !== undefined) throw crmError('PARAMETER_UNKNOWN', { name: stranger.slice(0, 100) }, { path: `/${stranger.slice(0, 100)}` })
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
  const { name, url, description = null, objects, operations: kinds, condition = null, ownerId } = { ...before, ...given } as WebhookConfig
  text('name', name, limits.name)
  text('url', url, limits.url)
  if (description !== null) text('description', description, limits.description)
  if (!isListOf(objects, isTextId) || objects.length > limits.objects) throw refuse('objects', 'it is a list of names of objects')
  if (!isListOf(kinds, (one) => operations.includes(one as WebhookOperation)))
    throw refuse('operations', `they are ${operations.join(', ')}`)
  if (!isTextId(ownerId)) throw refuse('ownerId', 'it is the id of a person')
  const config = {
    name: name.trim(),
    url,
    description,
    objects: [...new Set(objects)],
    operations: [...new Set(kinds)],
    condition,
    ownerId,
  }
  await requireReachable(scope, url)
  const owner = await asOwner(scope, ownerId)
  if (!owner) throw crmError('WEBHOOK_OWNER', { person: ownerId }, { path: '/ownerId' })
  await requireFitting(owner, config)
  return config
}

/** A webhook before anybody said anything. */
export const emptyConfig = (ownerId: string): WebhookConfig => ({
  ...{ name: '', url: '', description: null, objects: [], operations: [], condition: null, ownerId },
})

async function requireReachable({ kernel }: Scope, url: string): Promise<void> {
  const reason = await kernel.webhooks?.transport.check(url)
  if (reason) throw crmError('WEBHOOK_URL', { reason }, { path: '/url' })
}

function requireFitting(owner: Scope, { objects, condition }: WebhookConfig): Promise<void> {
  return withTenant(owner.kernel.tenants, owner, async (tenant) => {
    for (const [index, object] of objects.entries()) {
      const isReadable = owner.kernel.access.judge(owner.actor, 'read', object).allowed
      if (!isReadable || !tenant.definitions().some(({ name }) => name === object))
        throw crmError('OBJECT_UNKNOWN', { object }, { path: `/objects/${index}` })
    }
    if (condition === null) return
    const [object] = objects
    if (object === undefined || objects.length > 1) throw refuse('condition', 'it needs exactly one object')
    checkWhere(condition, tenant, readableRuntime(owner, tenant, object), owner, '/condition')
  })
}

function text(name: string, value: unknown, limit: number): asserts value is string {
  if (
    typeof value !== 'string' ||
    value.trim() === '' ||
    value.length > limit ||
    /\p{Cc}/u.test(value.replaceAll('\n', ' ')) ||
    !value.isWellFormed()
  )
    throw refuse(name, `it is text of 1 to ${limit} characters`)
}

function isListOf(value: unknown, is: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is)
}

function refuse(name: string, reason: string) {
  return crmError('PARAMETER_INVALID', { name, reason }, { path: `/${name}` })
}
