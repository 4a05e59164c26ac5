import { sendMessage } from '../message/send.ts'
import { inUnit, nowOf, type Scope, type UnitScope } from '../scope/scope.ts'
import { webhookTable } from '../store/system-tables.ts'
import { attempt, type Tried } from './attempt.ts'
import { failed, land, refused, succeeded, takeOff } from './circuit.ts'
import { dueDeliveries, holdBehind, nextDue, type StoredDelivery, waitingRecords, writeTry } from './delivery-rows.ts'
import { disabledNotice } from './disabled-notice.ts'
import { enqueueLanes, type LaneInput, pingLane } from './lane-job.ts'
import { asOwner } from './owner.ts'
import { decodeWebhook, lockedPlan, onePlan, type StoredWebhook, webhookIs } from './rows.ts'

/** A lane makes room for others after so many, or after so long, ms. */
const turn = { deliveries: 50, milliseconds: 20_000 } as const
const day = 86_400_000

/** What a lane has from whoever runs it. */
export interface LaneTurn {
  readonly signal: AbortSignal
  stillMine(): Promise<void>
}

interface Lane extends LaneInput {
  readonly system: Scope
  /** The same, also while the process is told to stop. */
  readonly closing: Scope
  readonly turn: LaneTurn
}

/** Tells a webhook what waits in one of its lanes, in order. Never for one lane by two at a time. */
export async function runLane(system: Scope, closing: Scope, input: LaneInput, laneTurn: LaneTurn): Promise<void> {
  const lane: Lane = { ...input, system, closing, turn: laneTurn }
  const owner = await begin(lane)
  if (!owner) return
  const tally = { delivered: 0, last: null as Tried | null }
  try {
    await tellDue(lane, owner, tally)
  } finally {
    await end(lane, tally.delivered, tally.last)
  }
}

/** Asks for a place among the lanes of the webhook; null where it gets none, now or for good. */
function begin({ system, hook: id, lane }: Lane): Promise<Scope | null> {
  return inUnit(system, async (unit) => {
    const hook = await locked(unit, id)
    const { webhooks } = unit.kernel
    if (!hook || !webhooks || !mayGo(hook, lane)) return null
    const owner = await asOwner(unit, hook.ownerId)
    if (!owner) return null
    if (lane === pingLane) return { ...owner, unit: null }
    const { circuit, until } = takeOff(hook.circuit, lane, nowOf(unit), webhooks.inFlight)
    await writeHook(unit, id, { circuit: JSON.stringify(circuit) })
    if (until === null) return { ...owner, unit: null }
    await enqueueLanes(unit, id, [{ lane, at: until }])
    return null
  })
}

/** A ping is for seeing whether it can go on: it waits for nobody. */
function mayGo({ state }: StoredWebhook, lane: number): boolean {
  return state === 'active' || lane === pingLane
}

async function tellDue(lane: Lane, owner: Scope, tally: { delivered: number; last: Tried | null }): Promise<void> {
  const { system, hook: id } = lane
  const { store, clock } = system.kernel
  const { tenant } = system.actor
  const over = performance.now() + turn.milliseconds
  const waiting = await waitingRecords(store.direct, tenant, id, lane.lane, clock())
  for (const delivery of await dueDeliveries(store.direct, tenant, id, lane.lane, clock(), turn.deliveries)) {
    if (performance.now() > over) return
    const until = delivery.recordId === null ? undefined : waiting.get(delivery.recordId)
    if (until !== undefined) {
      await holdBehind(store.direct, tenant, { ...delivery, dueAt: until })
      continue
    }
    await lane.turn.stillMine()
    // Read anew each time: somebody may pause it, or change its address, while a long line is told.
    const hook = await current(system, id)
    if (!hook || !mayGo(hook, lane.lane)) return
    const tried = await attempt(owner, hook, delivery, lane.turn.signal)
    await note(lane, hook, delivery, tried)
    if (tried.receiver !== 'none') tally.last = tried
    if (tried.receiver === 'took') tally.delivered += 1
    if (tried.receiver === 'away' || tried.receiver === 'gone') return
  }
}

/** Writes down a try, and what it says of the receiver. Nothing where somebody else has settled the delivery meanwhile, or asked for it anew. */
async function note({ system, hook: id }: Lane, { circuit: seen }: StoredWebhook, before: StoredDelivery, tried: Tried): Promise<void> {
  const { delivery, receiver } = tried
  const { tenant } = system.actor
  const isWell = seen.failures === 0 && seen.failingSince === null
  if (receiver === 'none' || (receiver === 'took' && isWell))
    return void (await writeTry(system.kernel.store.direct, tenant, before, delivery))
  return inUnit(system, async (unit) => {
    const hook = await locked(unit, id)
    if (!(await writeTry(unit.unit.session, tenant, before, delivery))) return
    if (delivery.state === 'pending') await holdBehind(unit.unit.session, tenant, delivery)
    if (!hook) return
    const now = nowOf(unit)
    const circuit =
      receiver === 'took'
        ? succeeded(hook.circuit)
        : receiver === 'away'
          ? failed(hook.circuit, now, tried.wait, Math.random())
          : refused(hook.circuit, now)
    await writeHook(unit, id, { circuit: JSON.stringify(circuit), ...lastOf(tried, now) })
    const { giveUpDays = 0 } = unit.kernel.webhooks ?? {}
    const isHopeless = circuit.failingSince !== null && now - circuit.failingSince >= giveUpDays * day
    if (hook.state === 'active' && (receiver === 'gone' || isHopeless)) await disable(unit, hook, receiver === 'gone' ? 'gone' : 'failing')
  })
}

/** It is told of nothing new, and its owner of that. */
async function disable(unit: UnitScope, hook: StoredWebhook, reason: 'gone' | 'failing'): Promise<void> {
  const { id, name, ownerId, version } = hook
  await writeHook(unit, id, { state: 'disabled', reason, version: version + 1, updated_at: nowOf(unit), updated_by: 'system' })
  const to = { person: ownerId }
  await sendMessage(unit, { template: disabledNotice, to, data: { name }, key: `core.webhookDisabled:${id}:${version}` })
}

/** Gives the place back, and comes again when something is due. */
function end({ closing, hook: id, lane }: Lane, delivered: number, last: Tried | null): Promise<void> {
  return inUnit(closing, async (unit) => {
    const hook = await locked(unit, id)
    if (!hook) return
    const now = nowOf(unit)
    const { circuit, woken } = land(hook.circuit, lane, delivered, unit.kernel.webhooks?.inFlight ?? 1)
    await writeHook(unit, id, { circuit: JSON.stringify(circuit), ...(last && lastOf(last, now)) })
    if (!mayGo(hook, lane)) return
    const due = await nextDue(unit.unit.session, unit.actor.tenant, id, lane)
    const own = due === null ? [] : [{ lane, at: Math.max(due, now, circuit.openUntil ?? 0) }]
    await enqueueLanes(unit, id, [...own, ...woken.map((one) => ({ lane: one, at: now }))])
  })
}

function lastOf({ delivery: { status, error } }: Tried, now: number): Readonly<Record<string, unknown>> {
  return { last_at: now, last_status: status, last_error: error }
}

async function locked(unit: UnitScope, id: string): Promise<StoredWebhook | null> {
  const [row] = await unit.unit.session.select(lockedPlan, [unit.actor.tenant, id])
  return row ? decodeWebhook(row) : null
}

async function current({ kernel, actor }: Scope, id: string): Promise<StoredWebhook | null> {
  const [row] = await kernel.store.direct.select(onePlan, [actor.tenant, id])
  return row ? decodeWebhook(row) : null
}

async function writeHook(unit: UnitScope, id: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  const plan = { table: webhookTable, columns: Object.keys(values) }
  await unit.unit.session.set(plan, Object.values(values), webhookIs, [unit.actor.tenant, id])
}
