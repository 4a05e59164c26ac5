import { sqlite } from '@guanxi/adapters/sqlite'
import type { Stored } from '@guanxi/core'
import { customer, deal, pipeline, type Stage, stage } from '@guanxi/core/standard'
import { describe, expect, it } from 'vitest'
import { day, type StandardCrm, standardCrm } from './standard-crm.ts'

async function stagesByName({ session }: StandardCrm): Promise<(name: string) => Stored<Stage>> {
  const { records } = await session.records(stage).find({ sort: ['order'] })
  return (name) => {
    const found = records.find((record) => record.nameEn === name)
    if (!found) throw new Error(`no stage ${name}`)
    return found
  }
}

describe('the default pipeline', () => {
  it('A4 has six stages with their probabilities and forecast categories', async () => {
    const { session } = await standardCrm()
    const { records } = await session.records(stage).find({ sort: ['order'] })
    expect(
      records.map(({ name, probability, forecastCategory, outcome, idleLimitDays }) => [
        name,
        probability,
        forecastCategory,
        outcome,
        idleLimitDays,
      ]),
    ).toEqual([
      ['初步接触', 10, 'pipeline', 'open', 14],
      ['需求确认', 30, 'pipeline', 'open', 14],
      ['方案报价', 60, 'bestCase', 'open', 14],
      ['商务谈判', 90, 'commit', 'open', 14],
      ['赢单', 100, 'closed', 'won', 14],
      ['输单', 0, 'omitted', 'lost', 14],
    ])
  })

  it('is one: choosing another default takes the mark from it', async () => {
    const { session } = await standardCrm()
    const second = await session.records(pipeline).create({ name: '渠道', isDefault: true })
    const { records } = await session.records(pipeline).find({ where: { isDefault: true } })
    expect(records.map(({ id }) => id)).toEqual([second.id])
  })
})

describe('the stage of a deal', () => {
  it('is the first of the default pipeline unless chosen, and sets what follows from it', async () => {
    const world = await standardCrm()
    const at = await stagesByName(world)
    const record = await world.session.records(deal).create({ name: '首单' })
    const first = at('Initial contact')
    const { now } = world.clock
    expect(record).toMatchObject({
      stageId: first.id,
      pipelineId: first.pipelineId,
      status: 'open',
      probability: 10,
      forecastCategory: 'pipeline',
    })
    expect(record).toMatchObject({ stageSince: now, lastProgressAt: now, closedAt: null })
  })

  it('carries the deal to won, and the time it was closed', async () => {
    const world = await standardCrm()
    const at = await stagesByName(world)
    const deals = world.session.records(deal)
    const record = await deals.create({ name: '首单' })
    world.clock.now += day
    const won = await deals.update(record, { stageId: at('Won').id })
    expect(won).toMatchObject({
      status: 'won',
      probability: 100,
      forecastCategory: 'closed',
      closedAt: world.clock.now,
      stageSince: world.clock.now,
    })
  })

  it('may move along to another pipeline, by stage or by pipeline', async () => {
    const world = await standardCrm()
    const { session } = world
    const second = await session.records(pipeline).create({ name: '渠道' })
    await session.records(stage).createMany([
      { pipelineId: second.id, name: '报备', order: 1, probability: 20 },
      { pipelineId: second.id, name: '审核', order: 2, probability: 40 },
    ])
    const { records } = await session.records(stage).find({ where: { pipelineId: second.id }, sort: ['order'] })
    const deals = session.records(deal)
    const moved = await deals.update(await deals.create({ name: 'a' }), { stageId: records[1]?.id })
    expect(moved).toMatchObject({ pipelineId: second.id, probability: 40 })
    const whole = await deals.update(await deals.create({ name: 'b' }), { pipelineId: second.id })
    expect(whole).toMatchObject({ stageId: records[0]?.id, probability: 20 })
    const at = await stagesByName(world)
    const mixed = deals.create({ name: 'c', pipelineId: second.id, stageId: at('Proposal').id })
    await expect(mixed).rejects.toMatchObject({ code: 'STANDARD_STAGE_OF_OTHER_PIPELINE' })
  })

  it('A4 keeps a probability set by hand until it is emptied', async () => {
    const world = await standardCrm()
    const at = await stagesByName(world)
    const deals = world.session.records(deal)
    let record = await deals.update(await deals.create({ name: '首单' }), { probability: 45 })
    record = await deals.update(record, { stageId: at('Qualification').id })
    expect(record).toMatchObject({ probability: 45, stageProbability: 30 })
    record = await deals.update(record, { probability: null })
    expect(record).toMatchObject({ probability: 30 })
    record = await deals.update(record, { stageId: at('Proposal').id })
    expect(record).toMatchObject({ probability: 60 })
  })

  it('A4 losing needs a reason, and the competitor where one was chosen', async () => {
    const world = await standardCrm()
    const at = await stagesByName(world)
    const deals = world.session.records(deal)
    const record = await deals.create({ name: '首单' })
    const lose = (more: object) => deals.update(record, { stageId: at('Lost').id, ...more })
    await expect(lose({})).rejects.toMatchObject({ code: 'STANDARD_LOST_REASON_REQUIRED', path: '/lostReason' })
    await expect(lose({ lostReason: 'competitor' })).rejects.toMatchObject({ code: 'STANDARD_COMPETITOR_REQUIRED', path: '/competitor' })
    expect(await lose({ lostReason: 'competitor', competitor: '远洋' })).toMatchObject({
      status: 'lost',
      probability: 0,
      lostFromStageId: at('Initial contact').id,
    })
  })

  it('A4 a lost deal reopens at its old stage within 30 days, later it needs a successor', async () => {
    const world = await standardCrm()
    const at = await stagesByName(world)
    const deals = world.session.records(deal)
    const created = await deals.create({ name: '首单', stageId: at('Proposal').id })
    const lost = await deals.update(created, { stageId: at('Lost').id, lostReason: 'price' })
    world.clock.now += 30 * day + 1
    await expect(deals.update(lost, { stageId: at('Proposal').id })).rejects.toMatchObject({ code: 'STANDARD_DEAL_REOPEN_EXPIRED' })
    world.clock.now -= 1
    const open = await deals.update(lost, { stageId: null })
    expect(open).toMatchObject({ id: created.id, stageId: at('Proposal').id, status: 'open', closedAt: null, lostReason: null })
  })

  it('costs a thousand deals the reads of ten', async () => {
    let reads = 0
    const observe = ({ sql }: { readonly sql: string }): void => {
      if (sql.startsWith('SELECT')) reads++
    }
    const world = await standardCrm(sqlite(':memory:', { observe }))
    const at = await stagesByName(world)
    const deals = world.session.records(deal)
    const create = async (count: number): Promise<number> => {
      const values = Array.from({ length: count }, (_, index) => ({
        name: `deal ${index}`,
        stageId: at(index % 2 ? 'Proposal' : 'Won').id,
      }))
      reads = 0
      await deals.createMany(values)
      return reads
    }
    const ofTen = await create(10)
    expect(ofTen).toBeGreaterThan(0)
    expect(await create(1000)).toBe(ofTen)
    const rows = await deals.aggregate({ group: ['status'], measures: ['count'] })
    expect(Object.fromEntries(rows.map(({ group, values }) => [group.status, values.count]))).toEqual({ open: 505, won: 505 })
  })
})

describe('what deals hold on to', () => {
  it('A1 a customer with an open deal is not deleted, and is once the deal is closed', async () => {
    const world = await standardCrm()
    const at = await stagesByName(world)
    const { session } = world
    const buyer = await session.records(customer).create({ name: '蓝海科技' })
    const record = await session.records(deal).create({ name: '首单', customerId: buyer.id })
    const error = await session
      .records(customer)
      .remove(buyer)
      .catch((reason) => reason)
    expect(error).toMatchObject({ code: 'STANDARD_HAS_OPEN_CHILDREN', status: 409 })
    expect(error.toBody('zh-CN').message).toBe('还有 1 个进行中的商机，不能删除。')
    await session.records(deal).update(record, { stageId: at('Won').id })
    await session.records(customer).remove(buyer)
    const restored = await session.records(customer).restore({ id: buyer.id, version: 'any' })
    expect(restored.id).toBe(buyer.id)
  })

  it('a stage or pipeline with deals is not deleted', async () => {
    const world = await standardCrm()
    const { session } = world
    const record = await session.records(deal).create({ name: '首单' })
    const removeStage = session.records(stage).remove({ id: record.stageId ?? '', version: 'any' })
    await expect(removeStage).rejects.toMatchObject({ code: 'STANDARD_STAGE_IN_USE' })
    const removePipeline = session.records(pipeline).remove({ id: record.pipelineId ?? '', version: 'any' })
    await expect(removePipeline).rejects.toMatchObject({ code: 'STANDARD_STAGE_IN_USE' })
  })
})
