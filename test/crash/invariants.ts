import type { Store } from '@guanxi/core/store'
import type { TestCrm } from '@guanxi/core/testing'
import { digestMatches } from '@guanxi/core/testing'
import { expect } from 'vitest'
import { parcel, station } from './parcels.ts'

/** Every record has its history, every change its record, nothing is half there. */
export async function expectWhole(crm: TestCrm, store: Store): Promise<void> {
  const user = crm.user()
  const records = new Map<string, number>()
  for (const object of [parcel, station]) {
    let cursor: string | undefined
    do {
      const page = await user.records<{ name: string }>(object as never).find({ limit: 500, ...(cursor && { cursor }) })
      for (const record of page.records) records.set(record.id, record.version)
      cursor = page.cursor ?? undefined
    } while (cursor)
  }
  const versions = new Map<string, number[]>()
  let position: string | null = null
  for (;;) {
    const { rows, cursor } = await store.direct.changesAfter(position, 1_000)
    for (const row of rows) {
      const id = String(row.record_id)
      versions.set(id, [...(versions.get(id) ?? []), Number(row.version)])
      expect(digestMatches(row)).toBe(true)
    }
    if (rows.length === 0) break
    position = cursor
  }
  expect(new Set(versions.keys())).toEqual(new Set(records.keys()))
  for (const [id, version] of records)
    expect(versions.get(id)?.sort((a, b) => a - b)).toEqual(Array.from({ length: version }, (_, index) => index + 1))
  const parcelsCount = await user.records(parcel).count()
  expect(await user.records(station).count()).toBe(parcelsCount)
}
