import { isTextId } from '../access/to-actor.ts'
import { crmError } from '../error/crm-error.ts'
import { isUuid, newId } from '../id/uuid7.ts'
import { inUnit, nowOf, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import { rotated } from '../secret/kept-secret.ts'
import { newSecret } from '../secret/signature.ts'
import { webhookTable } from '../store/system-tables.ts'
import { sealPlace } from './attempt.ts'
import { checkedConfig, emptyConfig } from './check-input.ts'
import { newCircuit } from './circuit.ts'
import {
  deliveryById,
  deliveryByKey,
  findDeliveries,
  pendingLanes,
  removeDeliveries,
  type StoredDelivery,
  shownDelivery,
  wakeAll,
  wakeDelivery,
  wakeSpan,
} from './delivery-rows.ts'
import { deliveryKey, tell } from './fan-out.ts'
import { enqueueLanes } from './lane-job.ts'
import { asOwners } from './owner.ts'
import {
  allPlan,
  configColumns,
  configValues,
  decodeWebhook,
  lockedPlan,
  onePlan,
  type StoredWebhook,
  shownWebhook,
  webhookIs,
} from './rows.ts'
import type { Webhook, WebhookDelivery, WebhookEvent, WebhookInput, WebhookSecret, Webhooks } from './webhook.ts'

/** The pseudo-object whose grants decide. */
const object = 'webhooks'
const hour = 3_600_000
const limits = { overlapHours: 720, span: 10_000, page: 200, payload: 100_000, webhooks: 100 } as const
const typePattern = /^[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)*$/

/** Webhooks as one actor may see and change them. */
export function createWebhooks(scope: Scope): Webhooks {
  const door = new Door(scope)
  return {
    list: () => door.list(),
    get: async (id) => door.shown(await door.one(sessionOf(scope), id)),
    create: (input) => door.create(input),
    update: (target, patch) => door.update(target, patch),
    remove: (target) => door.remove(target),
    pause: (id) => door.turn(id, 'core.webhook-pause', (hook) => ({ ...hook, state: 'paused', reason: 'paused' })),
    resume: (id) => door.resume(id),
    rotate: (id, options) => door.rotate(id, options?.overlapHours ?? 24),
    ping: (id) => door.tellOne(id, { type: 'ping', data: {} }, 'core.webhook-ping'),
    deliveries: (id, query) => door.deliveries(id, query),
    redeliver: (id, delivery) => door.redeliver(id, delivery),
    redeliverSpan: (id, span) => door.redeliverSpan(id, span),
    send: (id, event) => door.send(id, event),
  }
}

class Door {
  readonly #scope: Scope

  constructor(scope: Scope) {
    this.#scope = scope
  }

  get #config() {
    const { webhooks } = this.#scope.kernel
    if (!webhooks) throw crmError('WEBHOOKS_OFF')
    return webhooks
  }

  /** True where the actor may have all, false where only their own. */
  #reachesAll(): boolean {
    void this.#config
    if (this.#scope.privileged) return true
    const verdict = this.#scope.kernel.access.judge(this.#scope.actor, 'define', object)
    if (!verdict.allowed) throw crmError('FORBIDDEN', { action: 'define' }, { details: { action: 'define', object } })
    return verdict.reach === 'all'
  }

  /** Before anything else is looked at: what is refused later tells of its owner's rights. */
  #requireOwn({ ownerId = this.#scope.actor.id }: Partial<WebhookInput>): void {
    if (!this.#reachesAll() && ownerId !== this.#scope.actor.id) throw crmError('FORBIDDEN', { action: 'define' }, { path: '/ownerId' })
  }

  /** Who may have only their own learns of no record before they are told of it. */
  #shownDelivery(stored: StoredDelivery): WebhookDelivery {
    const delivery = shownDelivery(stored)
    return stored.changeId === null || stored.attempts > 0 || this.#reachesAll() ? delivery : { ...delivery, recordId: null }
  }

  async one(session: ReturnType<typeof sessionOf>, id: string, lock = false): Promise<StoredWebhook> {
    const reachesAll = this.#reachesAll()
    const { actor } = this.#scope
    const [row] = isUuid(id) ? await session.select(lock ? lockedPlan : onePlan, [actor.tenant, id]) : []
    const hook = row && decodeWebhook(row)
    if (!hook || !(reachesAll || hook.ownerId === actor.id)) throw crmError('NOT_FOUND')
    return hook
  }

  async list(): Promise<readonly Webhook[]> {
    const reachesAll = this.#reachesAll()
    const { actor } = this.#scope
    const hooks = (await sessionOf(this.#scope).select(allPlan, [actor.tenant])).map(decodeWebhook)
    const mine = reachesAll ? hooks : hooks.filter(({ ownerId }) => ownerId === actor.id)
    const working = await asOwners(
      this.#scope,
      mine.map(({ ownerId }) => ownerId),
    )
    return mine.map((hook) => shownWebhook(hook, nowOf(this.#scope), working.has(hook.ownerId)))
  }

  async shown(hook: StoredWebhook, scope: Scope = this.#scope): Promise<Webhook> {
    const working = await asOwners(scope, [hook.ownerId])
    return shownWebhook(hook, nowOf(scope), working.has(hook.ownerId))
  }

  async create(input: Parameters<Webhooks['create']>[0]): Promise<WebhookSecret> {
    const { actor } = this.#scope
    this.#requireOwn(input)
    const config = await checkedConfig(this.#scope, emptyConfig(actor.id), input)
    const { inFlight, sealer } = this.#config
    return inUnit(this.#scope, async (unit) => {
      const now = nowOf(unit)
      const id = newId()
      const secret = newSecret()
      const hook: StoredWebhook = {
        ...{ ...config, id, version: 1, state: 'active', reason: null, circuit: newCircuit(inFlight), told: 0 },
        ...{ createdAt: now, updatedAt: now, updatedBy: actor.id, lastAt: null, lastStatus: null, lastError: null },
        secrets: rotated([], sealer.seal(secret, sealPlace(id)), now, 0),
      }
      const { session } = unit.unit
      const others = await session.select(allPlan, [actor.tenant])
      if (others.length >= limits.webhooks) throw crmError('LIMIT_EXCEEDED', { what: 'webhooks', limit: limits.webhooks })
      const columns = ['tenant_id', 'id', 'created_at', 'told', ...configColumns]
      await session.put({ table: webhookTable, columns }, [[actor.tenant, id, now, 0, ...configValues(hook)]], 'error')
      await audit(unit, 'core.webhook-create', namesOf(hook))
      return { webhook: await this.shown(hook, unit), secret }
    })
  }

  async update({ id, version }: { id: string; version: number | 'any' }, patch: Parameters<Webhooks['update']>[1]): Promise<Webhook> {
    const before = await this.one(sessionOf(this.#scope), id)
    this.#requireOwn(patch)
    const config = await checkedConfig(this.#scope, before, patch)
    // What others changed meanwhile stays, where nobody minds which version it is.
    const changed = Object.fromEntries(Object.entries(config).filter(([key]) => patch[key as keyof WebhookInput] !== undefined))
    return this.turn(id, 'core.webhook-update', (hook) => ({ ...hook, ...changed }), version)
  }

  /** Changes a webhook under its lock, and writes down who did what. */
  turn(
    id: string,
    decider: string,
    change: (hook: StoredWebhook, now: number) => StoredWebhook,
    version: number | 'any' = 'any',
  ): Promise<Webhook> {
    return inUnit(this.#scope, async (unit) => this.shown(await this.#turned(unit, id, decider, change, version), unit))
  }

  async #turned(
    unit: UnitScope,
    id: string,
    decider: string,
    change: (hook: StoredWebhook, now: number) => StoredWebhook,
    version: number | 'any' = 'any',
  ): Promise<StoredWebhook> {
    const { session } = unit.unit
    const hook = await this.one(session, id, true)
    if (version !== 'any' && version !== hook.version) throw crmError('CONFLICT', {}, { details: { version: hook.version } })
    const now = nowOf(unit)
    const changed = { ...change(hook, now), version: hook.version + 1, updatedAt: now, updatedBy: unit.actor.id }
    await session.set({ table: webhookTable, columns: configColumns }, configValues(changed), webhookIs, [unit.actor.tenant, id])
    await audit(unit, decider, namesOf(changed))
    return changed
  }

  remove({ id, version }: { id: string; version: number | 'any' }): Promise<void> {
    return inUnit(this.#scope, async (unit) => {
      const { session } = unit.unit
      const hook = await this.one(session, id, true)
      if (version !== 'any' && version !== hook.version) throw crmError('CONFLICT', {}, { details: { version: hook.version } })
      await removeDeliveries(session, unit.actor.tenant, id)
      await session.delete(webhookTable, webhookIs, [unit.actor.tenant, id])
      await audit(unit, 'core.webhook-remove', namesOf(hook))
    })
  }

  resume(id: string): Promise<Webhook> {
    return inUnit(this.#scope, async (unit) => {
      const fresh = (hook: StoredWebhook): StoredWebhook => {
        const circuit = { ...newCircuit(this.#config.inFlight), level: 1, flights: hook.circuit.flights }
        return { ...hook, state: 'active', reason: null, circuit }
      }
      const hook = await this.#turned(unit, id, 'core.webhook-resume', fresh)
      const at = nowOf(unit)
      await wakeAll(unit.unit.session, unit.actor.tenant, id, at)
      const lanes = await pendingLanes(unit.unit.session, unit.actor.tenant, id)
      await enqueueLanes(
        unit,
        id,
        lanes.map(({ lane }) => ({ lane, at })),
      )
      return this.shown(hook, unit)
    })
  }

  rotate(id: string, overlapHours: number): Promise<WebhookSecret> {
    if (!Number.isInteger(overlapHours) || overlapHours < 0 || overlapHours > limits.overlapHours)
      throw refuse('overlapHours', `it is a whole number from 0 to ${limits.overlapHours}`)
    const secret = newSecret()
    return inUnit(this.#scope, async (unit) => {
      const sealed = this.#config.sealer.seal(secret, sealPlace(id))
      const hook = await this.#turned(unit, id, 'core.webhook-rotate', (one, now) => ({
        ...one,
        secrets: rotated(one.secrets, sealed, now, overlapHours * hour),
      }))
      return { webhook: await this.shown(hook, unit), secret }
    })
  }

  async deliveries(id: string, { state, limit = 50, cursor }: NonNullable<Parameters<Webhooks['deliveries']>[1]> = {}) {
    if (!Number.isSafeInteger(limit) || limit < 1 || limit > limits.page) throw refuse('limit', `it must be 1 to ${limits.page}`)
    if (cursor !== undefined && !isUuid(cursor)) throw crmError('CURSOR_INVALID', {}, { path: '/cursor' })
    const session = sessionOf(this.#scope)
    await this.one(session, id)
    const found = await findDeliveries(session, this.#scope.actor.tenant, id, { state, cursor, limit: limit + 1 })
    const deliveries = found.slice(0, limit).map((one) => this.#shownDelivery(one))
    return { deliveries, cursor: found.length > limit ? (deliveries.at(-1)?.id ?? null) : null }
  }

  redeliver(id: string, delivery: string): Promise<WebhookDelivery> {
    return inUnit(this.#scope, async (unit) => {
      const { session } = unit.unit
      await this.one(session, id, true)
      const { tenant } = unit.actor
      const found = isUuid(delivery) ? await deliveryById(session, tenant, id, delivery) : null
      if (!found) throw crmError('NOT_FOUND')
      const now = nowOf(unit)
      await wakeDelivery(session, tenant, found, now)
      await enqueueLanes(unit, id, [{ lane: found.lane, at: now }])
      await audit(unit, 'core.webhook-redeliver', { id, delivery })
      return { ...this.#shownDelivery(found), state: 'pending', attempts: 0, dueAt: now, settledAt: null }
    })
  }

  redeliverSpan(id: string, { from, to, state = 'failed' }: Parameters<Webhooks['redeliverSpan']>[1]): Promise<number> {
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from >= to) throw refuse('from', 'it must be an instant before “to”')
    if (state !== 'failed' && state !== 'delivered') throw refuse('state', 'it is failed or delivered')
    return inUnit(this.#scope, async (unit) => {
      await this.one(unit.unit.session, id, true)
      const at = nowOf(unit)
      const lanes = await wakeSpan(unit.unit.session, unit.actor.tenant, id, [state, from, to], at, limits.span + 1)
      if (lanes.length > limits.span) throw crmError('LIMIT_EXCEEDED', { what: 'deliveries', limit: limits.span })
      await enqueueLanes(
        unit,
        id,
        [...new Set(lanes)].map((lane) => ({ lane, at })),
      )
      await audit(unit, 'core.webhook-redeliver', { id, from: String(from), to: String(to), state, count: String(lanes.length) })
      return lanes.length
    })
  }

  send(id: string, event: WebhookEvent): Promise<WebhookDelivery> {
    const { type, data, key, about } = event
    if (typeof type !== 'string' || type.length > 100 || !typePattern.test(type)) throw refuse('type', 'it is text such as contract.signed')
    if (typeof data !== 'object' || data === null || Array.isArray(data)) throw refuse('data', 'it is an object')
    if (JSON.stringify(data).length > limits.payload)
      throw crmError('LIMIT_EXCEEDED', { what: 'characters of a payload', limit: limits.payload }, { path: '/data' })
    if (key !== undefined && !isTextId(key)) throw refuse('key', 'it is text of 1 to 200 characters')
    if (about !== undefined && !(isTextId(about?.object) && isUuid(about?.id)))
      throw refuse('about', 'it is an object and the id of a record')
    return this.tellOne(id, event, null)
  }

  tellOne(id: string, { type, data, key = newId(), about }: WebhookEvent, decider: string | null): Promise<WebhookDelivery> {
    return inUnit(this.#scope, async (unit) => {
      const { session } = unit.unit
      const hook = await this.one(session, id, true)
      const told = deliveryKey(`${type}\0${key}`, id)
      const there = await deliveryByKey(session, unit.actor.tenant, id, told)
      if (there) return shownDelivery(there)
      const place = { object: about?.object ?? null, recordId: about?.id ?? null }
      await tell(unit, hook, [{ key: told, type, ...place, changeId: null, payload: data }])
      if (decider) await audit(unit, decider, namesOf(hook))
      return shownDelivery((await deliveryByKey(session, unit.actor.tenant, id, told)) as StoredDelivery)
    })
  }
}

/** What the audit calls a webhook: addresses often carry a password behind their question mark. */
function namesOf({ id, name, url }: StoredWebhook): Readonly<Record<string, string>> {
  return { id, name, url: url.replace(/[?#].*$/s, '') }
}

/** Who did what is kept, without any secret. */
async function audit(unit: UnitScope, decider: string, inputs: Readonly<Record<string, string>>): Promise<void> {
  const { kernel, actor } = unit
  const { decisions } = kernel.session({ ...unit, privileged: true }, { id: actor.id, tenant: actor.tenant })
  await decisions.record([{ decider, outcome: 'decided', inputs }])
}

function refuse(name: string, reason: string) {
  return crmError('PARAMETER_INVALID', { name, reason }, { path: `/${name}` })
}
