import { createHash, randomBytes } from 'node:crypto'
import knexFactory, { type Knex } from 'knex'
import { v7 } from 'uuid'
import { pragmas } from '../contenders/sqlite-connection.ts'
import type { Place } from '../database.ts'

/** The sweep as most applications write it: with knex as it comes, row by row, in one transaction. */
export interface RowByRow {
  /** Writes some of what is due, three statements each: read for update, update, change row. The answer is how many. */
  sweep(before: number, now: number, most: number): Promise<number>
  close(): Promise<void>
}

interface Lead {
  readonly id: string
  readonly version: number
  readonly owner_id: string | null
  readonly status: string
  readonly last_activity_at: number | string
}

/** One connection of its own. */
export function openRowByRow(place: Place): RowByRow {
  const knex = openKnex(place)
  return { sweep: (before, now, most) => knex.transaction((trx) => sweep(trx, place, before, now, most)), close: () => knex.destroy() }
}

function openKnex(place: Place): Knex {
  if (place.engine === 'postgres') return knexFactory({ client: 'pg', connection: place.url, pool: { min: 1, max: 1 } })
  const afterCreate = (raw: { exec(sql: string): void }, done: () => void): void => {
    raw.exec(pragmas.map((pragma) => `pragma ${pragma}`).join('; '))
    done()
  }
  const pool = { min: 1, max: 1, afterCreate }
  return knexFactory({ client: place.driver, connection: { filename: place.file }, useNullAsDefault: true, pool })
}

async function sweep(trx: Knex.Transaction, { engine }: Place, before: number, now: number, most: number): Promise<number> {
  const leads = () => trx<Lead>('crm_sweep_lead')
  const due = await leads()
    .where({ tenant_id: 'bench', deleted_at: null, status: 'owned' } as never)
    .where('last_activity_at', '<', before)
    .orderBy('id')
    .limit(most)
    .select('id')
  for (const { id } of due) {
    const read = leads().where({ tenant_id: 'bench', id } as never)
    const lead = await (engine === 'postgres' ? read.forUpdate() : read).first('version', 'owner_id', 'status', 'last_activity_at')
    if (!lead) throw new Error('a lead that is due is gone')
    const version = Number(lead.version) + 1
    await leads()
      .where({ tenant_id: 'bench', id } as never)
      .update({ status: 'pooled', owner_id: null, version, updated_at: now, updated_by: 'admin' } as never)
    await trx('crm_change').insert(changeRow(id, version, lead, now))
  }
  return due.length
}

function changeRow(id: string, version: number, lead: Pick<Lead, 'status' | 'owner_id' | 'last_activity_at'>, now: number) {
  const values = JSON.stringify({ status: [lead.status, 'pooled'], owner_id: [lead.owner_id, null] })
  const salt = randomBytes(16).toString('hex')
  const digest = createHash('sha256')
    .update(salt + values)
    .digest('hex')
  const days = Math.floor((now - Number(lead.last_activity_at)) / 86_400_000)
  return {
    ...{ tenant_id: 'bench', id: v7(), object: 'sweep_lead', record_id: id, version, op: 'update', at: now, recorded_at: now },
    ...{ actor_kind: 'user', actor_id: 'admin', cause: `{"kind":"recycle","days":${days}}`, authors: null, values, salt, digest },
  }
}
