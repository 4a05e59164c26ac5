import { current, type KeptSecret } from '../secret/kept-secret.ts'
import type { RawRow, SelectPlan } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { webhookTable } from '../store/system-tables.ts'
import type { Circuit } from './circuit.ts'
import type { Webhook, WebhookHealth } from './webhook.ts'

const column = (name: string, nullable = false) => ({ column: name, nullable })
const columns = webhookTable.columns.map(({ name }) => name).filter((name) => name !== 'tenant_id')

export const webhookIs: Predicate = { op: 'eq', operand: column('id'), param: 1 }
const listening: Predicate = { op: 'ne', operand: column('state'), param: 1 }

export const allPlan: SelectPlan = {
  table: webhookTable,
  columns,
  order: [
    { operand: column('name'), descending: false },
    { operand: column('id'), descending: false },
  ],
  revision: false,
}
export const onePlan: SelectPlan = { table: webhookTable, columns, where: webhookIs, order: [], revision: false }
export const lockedPlan: SelectPlan = { ...onePlan, lock: true }
/** All but those in a state. */
export const listeningPlan: SelectPlan = {
  ...allPlan,
  where: listening,
  order: [{ operand: column('id'), descending: false }],
}
export const listeningLocked: SelectPlan = { ...listeningPlan, lock: true }

/** A webhook with what only the machine needs of it. */
export interface StoredWebhook extends Omit<Webhook, 'health' | 'secrets'> {
  readonly secrets: readonly KeptSecret[]
  readonly circuit: Circuit
  /** How many deliveries it was given. */
  readonly told: number
  readonly lastAt: number | null
  readonly lastStatus: number | null
  readonly lastError: string | null
}

/** Columns that people's changes write, in the order of {@link configValues}. */
export const configColumns = [
  ...['version', 'name', 'url', 'description', 'owner_id', 'objects', 'operations', 'condition', 'secrets'],
  ...['state', 'reason', 'circuit', 'updated_at', 'updated_by'],
] as const

export function configValues(hook: StoredWebhook): unknown[] {
  const { version, name, url, description, ownerId, objects, operations, condition, secrets, state, reason, circuit } = hook
  const documents = [objects, operations].map((value) => JSON.stringify(value))
  return [
    ...[version, name, url, description, ownerId, ...documents, condition && JSON.stringify(condition), JSON.stringify(secrets)],
    ...[state, reason, JSON.stringify(circuit), hook.updatedAt, hook.updatedBy],
  ]
}

export function decodeWebhook(row: RawRow): StoredWebhook {
  return {
    id: String(row.id),
    version: Number(row.version),
    name: String(row.name),
    url: String(row.url),
    description: textOrNull(row.description),
    ownerId: String(row.owner_id),
    objects: json(row.objects) as string[],
    operations: json(row.operations) as Webhook['operations'],
    condition: (json(row.condition) as Webhook['condition']) ?? null,
    secrets: json(row.secrets) as KeptSecret[],
    state: row.state as Webhook['state'],
    reason: row.reason as Webhook['reason'],
    circuit: json(row.circuit) as Circuit,
    told: Number(row.told),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    updatedBy: String(row.updated_by),
    lastAt: numberOrNull(row.last_at),
    lastStatus: numberOrNull(row.last_status),
    lastError: textOrNull(row.last_error),
  }
}

/** A webhook as people see it. `ownerWorks`: nothing goes out for an owner who does not. */
export function shownWebhook(
  { circuit, told: _, secrets, lastAt, lastStatus, lastError, ...hook }: StoredWebhook,
  now: number,
  ownerWorks: boolean,
): Webhook {
  const isPaused = hook.state === 'active' && !ownerWorks
  return {
    ...hook,
    ...(isPaused && { state: 'paused', reason: 'owner' }),
    secrets: current(secrets, now).map(({ createdAt, until }) => ({ createdAt, until })),
    health: { ...healthOf(circuit, now), lastAt, lastStatus, lastError },
  }
}

function healthOf({ failures, failingSince, openUntil }: Circuit, now: number): Omit<WebhookHealth, 'lastAt' | 'lastStatus' | 'lastError'> {
  const isOpen = openUntil !== null && openUntil > now
  return { circuit: isOpen ? 'open' : failures > 0 ? 'probing' : 'closed', openUntil: isOpen ? openUntil : null, failures, failingSince }
}

function json(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}
