import type { ConditionRule, Crm, Identity } from '@guanxi/core'
import { deal } from '@guanxi/core/standard'
import { expect } from 'vitest'
import type { Database } from '../support/engines.ts'
import type { Row } from './maven-data.ts'

const admin: Identity = { id: 'admin', name: 'Admin', tenant: 'maven', roles: ['admin'] }
const lastDay = Date.parse('2017-12-31T12:00:00Z')
const slug = (name: unknown) =>
  String(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')

/** One rule per manager: their people's deals that have been in Engaging for more than 90 days are theirs again. */
function rulesOf(agents: readonly Row[]): ConditionRule[] {
  const days = { daysBetween: [{ var: 'custom.engagedOn' }, { today: [] }] }
  return [...Map.groupBy(agents, ({ manager }) => slug(manager))].map(([manager, own]) => ({
    id: manager,
    when: {
      and: [
        { '===': [{ var: 'stageId.nameEn' }, 'Engaging'] },
        { '>': [days, 90] },
        { in: [{ var: 'ownerId' }, own.map((row) => slug(row.sales_agent))] },
      ],
    },
    set: { ownerId: manager },
    because: {
      'zh-CN': '{owner} 的商机在“{stage}”停留了 {days} 天，交还主管。',
      en: '{owner} has had it in {stage} for {days} days; it goes back to the manager.',
      values: { owner: { var: 'ownerId' }, stage: { var: 'stageId.nameEn' }, days },
    },
  }))
}

/** Everything an admin does with such a rule, each figure held against SQL written by hand. */
export async function giveBackStaleDeals(crm: Crm, database: Database, agents: readonly Row[]): Promise<void> {
  const session = crm.as(admin)
  const { deciders } = session
  const { id } = await deciders.create({
    name: 'stale-deals',
    object: 'deal',
    label: { 'zh-CN': '停滞商机交还主管', en: 'Stale deals go back' },
    rules: rulesOf(agents),
    limits: { blast: { records: 200, share: null } },
  })
  const byHand = () => staleByOwner(crm, database)
  const stale = await byHand()
  const preview = await deciders.preview(id, { at: lastDay, sample: 5 })
  expect(preview).toMatchObject({ considered: 8_800, affected: 1_479, unknown: 0, path: { way: 'statement' } })
  expect(preview.people.map((one) => [one.id, one.affected]).toSorted()).toEqual(stale)
  expect(preview.rules.reduce((sum, { affected }) => sum + affected, 0)).toBe(1_479)
  expect(preview.breaches).toEqual([{ kind: 'records', team: null, affected: 1_479, limit: 200 }])
  expect(await byHand()).toEqual(stale)

  await deciders.advance(id, { to: 'on' })
  const stopped = await deciders.run(id, { at: lastDay })
  if (stopped.status !== 'confirm') throw new Error('more than 200 deals must be confirmed')
  expect(await byHand()).toEqual(stale)
  const result = await deciders.run(id, { at: lastDay, confirm: stopped.preview.token ?? '' })
  if (result.status !== 'done') throw new Error('what is confirmed is done')
  expect(result.run).toMatchObject({ affected: 1_479, status: 'done' })

  const one = preview.sample[0]
  const [why] = await deciders.why('deal', one?.id ?? '')
  expect(why).toMatchObject({ run: result.run.id, rule: one?.rule, because: one?.because, values: one?.values, mode: 'live' })
  expect(why?.because?.en).toMatch(/^[a-z-]+ has had it in Engaging for \d{2,3} days; it goes back to the manager\.$/)
  const [logged] = await database.sql(
    `select count(*) as changes, count(distinct record_id) as records from crm_change where tenant_id = 'maven' and cast(cause as text) like '%${result.run.id}%'`,
  )
  expect({ changes: Number(logged?.changes), records: Number(logged?.records) }).toEqual({ changes: 1_479, records: 1_479 })
  const managers = new Set(agents.map(({ manager }) => slug(manager)))
  expect((await byHand()).every(([owner]) => managers.has(String(owner)))).toBe(true)
  expect(await deciders.explain(id, one?.id ?? '', { at: lastDay })).toMatchObject({ holds: false, affected: false })

  const moved = preview.sample[1]?.id ?? ''
  const seen = await session.records(deal).get(moved)
  await session.records(deal).update(seen, { closeDate: '2018-02-01' })
  const undone = await deciders.undo(result.run.id)
  expect(undone.undo).toMatchObject({ undone: 1_478, kept: [{ id: moved, reason: 'record_changed' }] })
  const [former] = preview.sample[1]?.values.ownerId ?? []
  await session.records(deal).update({ id: moved, version: 'any' }, { ownerId: String(former) })
  expect(await byHand()).toEqual(stale)
}

/** Deals in Engaging for more than 90 days on the last day of 2017, by owner, the way somebody would ask the database. */
async function staleByOwner(crm: Crm, database: Database): Promise<readonly (readonly [unknown, number])[]> {
  const definition = await crm.as(admin).definitions.get('deal')
  const storage = definition.field.get('custom.engagedOn')?.storage
  const field = storage?.at === 'ext' ? storage.id : ''
  const isSqlite = database.store().engine === 'sqlite'
  const age = isSqlite ? `julianday('2017-12-31') - julianday(d.ext ->> '${field}')` : `date '2017-12-31' - (d.ext ->> '${field}')::date`
  const rows = await database.sql(
    `select d.owner_id as owner, count(*) as deals from crm_deal d join crm_stage s on s.tenant_id = d.tenant_id and s.id = d.stage_id ` +
      `where d.tenant_id = 'maven' and d.deleted_at is null and s.name_en = 'Engaging' and ${age} > 90 group by d.owner_id`,
  )
  return rows.map(({ owner, deals }) => [owner, Number(deals)] as const).toSorted()
}
