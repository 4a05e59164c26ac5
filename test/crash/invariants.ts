import type { Store } from '@guanxi/core/store'
import type { TestCrm } from '@guanxi/core/testing'
import { digestMatches } from '@guanxi/core/testing'
import { expect } from 'vitest'
import { parcel, station } from './parcels.ts'

/** Every record has its history, every change its record, nothing is half there. */
export async function expectWhole(crm: TestCrm, store: Store): Promise<void> {
  const versions = new Map<string, number[]>()
  let position: string | null = null
  const readOn = async (): Promise<void> => {
    for (;;) {
      const { rows, cursor } = await store.direct.changesAfter(position, 1_000)
      for (const row of rows) {
        const id = String(row.record_id)
        versions.set(id, [...(versions.get(id) ?? []), Number(row.version)])
        expect(digestMatches(row)).toBe(true)
      }
      if (rows.length === 0) return
      position = cursor
    }
  }
  let records: ReadonlyMap<string, number> = new Map()
  const inOneOnly = async (): Promise<readonly string[]> => {
    records = await versionsOf(crm)
    await readOn()
    return [...[...records.keys()].filter((id) => !versions.has(id)), ...[...versions.keys()].filter((id) => !records.has(id))]
  }
  // On PostgreSQL a transaction of any database of the server, as other tests have them, holds the end of the log back.
  await expect.poll(inOneOnly, { timeout: 20_000 }).toEqual([])
  for (const [id, version] of records)
    expect(versions.get(id)?.sort((a, b) => a - b)).toEqual(Array.from({ length: version }, (_, index) => index + 1))
  const user = crm.user()
  const parcelsCount = await user.records(parcel).count()
  expect(await user.records(station).count()).toBe(parcelsCount)
}

async function versionsOf(crm: TestCrm): Promise<ReadonlyMap<string, number>> {
  const records = new Map<string, number>()
  for (const object of [parcel, station]) {
    let cursor: string | undefined
    do {
      const page = await crm
        .user()
        .records<{ name: string }>(object as never)
        .find({ limit: 500, ...(cursor && { cursor }) })
      for (const record of page.records) records.set(record.id, record.version)
      cursor = page.cursor ?? undefined
    } while (cursor)
  }
  return records
}
