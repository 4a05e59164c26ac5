import { randomUUID } from 'node:crypto'
import {
  before,
  type Crm,
  type CrmOptions,
  createCrm,
  defineDecider,
  defineObject,
  definePlugin,
  defineSetting,
  type Identity,
  type ObjectHandle,
  type RecordOf,
} from '@guanxi/core'
import type { Database } from '../support/engines.ts'

export const day = 86_400_000
export const today = Date.UTC(2026, 2, 31, 8)

const definition = defineObject('parcel', {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    status: { enum: ['new', 'waiting', 'lost'] },
    score: { type: 'number' },
    weight: { type: 'number' },
    price: { kind: 'decimal', scale: 2 },
    urgent: { type: 'boolean' },
    sentAt: { kind: 'instant' },
    note: { type: 'string' },
    houseId: { kind: 'reference', to: 'house' },
  },
})
export interface Parcel extends RecordOf<typeof definition> {}
export const parcel: ObjectHandle<Parcel> = definition

export const house = defineObject('house', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, city: { type: 'string' } },
})

export const patience = defineSetting('depot.patience', {
  type: 'duration',
  default: '30d',
  label: { 'zh-CN': '等待时限', en: 'Patience' },
})

export const stale = defineDecider({
  id: 'depot.stale',
  kind: 'condition',
  object: parcel,
  label: { 'zh-CN': '滞留件', en: 'Stale parcels' },
  settings: { patience },
  rules: [
    {
      id: 'lost',
      when: { status: 'waiting', sentAt: { lt: { ago: 'P90D' } } },
      set: { status: 'lost', ownerId: null, urgent: false },
      because: {
        'zh-CN': '{days} 天没有消息',
        en: 'no news for {days} days',
        values: { days: { daysBetween: [{ var: 'sentAt' }, { now: [] }] } },
      },
    },
    {
      id: 'waiting',
      when: { and: [{ '===': [{ var: 'status' }, 'waiting'] }, { '<': [{ var: 'sentAt' }, { ago: { setting: 'patience' } }] }] },
      set: { score: { '+': [{ '??': [{ var: 'score' }, 0] }, 10] }, ownerId: 'chief', urgent: true },
      because: {
        'zh-CN': '已等待 {days} 天，{name}，{price}，{urgent}',
        en: 'waiting for {days} days: {name}, {price}, {urgent}',
        values: {
          days: { daysBetween: [{ var: 'sentAt' }, { now: [] }] },
          name: { var: 'name' },
          price: { var: 'price' },
          urgent: { var: 'urgent' },
        },
      },
    },
  ],
  limits: { blast: { records: 20, share: null } },
})

/** Each test has a tenant of its own in the one database of its file. */
export function people(): { readonly admin: Identity; readonly rep: Identity } {
  const tenant = randomUUID()
  return {
    admin: { id: 'boss', name: 'Boss', tenant, roles: ['admin'] },
    rep: { id: 'ann', name: 'Ann', tenant, roles: ['rep'], teamIds: ['north'] },
  }
}

export interface DepotOptions {
  /** A hook on a field that the decider sets: the run goes through the write runner. */
  readonly hook?: (change: { readonly next: Readonly<Partial<Parcel>> }, reject: () => never) => void
  readonly clock?: () => number
  readonly access?: CrmOptions['access']
}

/** A CRM with parcels and houses in a database. */
export async function openDepot(database: Pick<Database, 'store'>, { hook, clock = () => today, access }: DepotOptions = {}): Promise<Crm> {
  const depot = definePlugin({
    id: 'depot',
    version: '1.0.0',
    core: '*',
    setup(p) {
      p.object(parcel)
      p.object(house)
      p.setting(patience)
      p.decider(stale)
      p.errors({ DEPOT_REFUSED: { message: { 'zh-CN': '不行。', en: 'No.' } } })
      if (hook)
        p.hook(
          before(parcel, { id: 'watch', on: ['update'], fields: ['score', 'status'] }, (change, context) =>
            hook(change as never, () => context.reject('DEPOT_REFUSED')),
          ),
        )
    },
  })
  const crm = createCrm({ store: database.store(), plugins: [depot()], clock, access, timeZone: 'UTC' })
  await crm.open()
  return crm
}

/** `count` parcels that wait, the i-th sent i days ago, by turns ann's and bob's; every tenth without a date. */
export async function fill(crm: Crm, admin: Identity, count = 40): Promise<readonly string[]> {
  await crm.directory.put({
    tenant: admin.tenant,
    teams: [
      { id: 'north', name: 'North' },
      { id: 'south', name: 'South' },
    ],
    people: [
      { id: 'ann', name: 'Ann', roles: ['rep'], teamIds: ['north'] },
      { id: 'bob', name: 'Bob', roles: ['rep'], teamIds: ['south'] },
    ],
  })
  const { ids } = await crm
    .as(admin)
    .records(parcel)
    .createMany(
      Array.from({ length: count }, (_, index) => ({
        name: `Parcel ${String(index).padStart(3, '0')}`,
        status: 'waiting',
        score: index % 3 === 0 ? null : index,
        weight: index / 3,
        price: `${index}.50`,
        urgent: index % 2 === 0,
        sentAt: index % 10 === 9 ? null : today - index * 4 * day - 1,
        ownerId: index % 2 === 0 ? 'ann' : 'bob',
      })) as never,
      { at: today - 120 * day },
    )
  return ids
}
