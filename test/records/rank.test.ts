import { createCrm, type Identity } from '@guanxi/core'
import { type Deal, deal, stage } from '@guanxi/core/standard'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
// The board's own arithmetic, against the store it is made for.
import { rankBetween } from '../../packages/ui-components/src/board/rank.ts'
import { type Database, engines } from '../support/engines.ts'

const person = (index: number): Identity => ({ id: `rep-${index}`, tenant: 'rank' })

describe.each(engines)('places on a board, on $name', (engine) => {
  let database: Database
  let crm: ReturnType<typeof createCrm>
  let stages: string[]

  beforeAll(async () => {
    database = await engine.create()
    crm = createCrm({ store: database.store(), identify: () => person(0) })
    await crm.open()
    const { records } = await crm
      .as(person(0))
      .records(stage)
      .find({ sort: ['order'], limit: 10 })
    stages = records.map(({ id }) => id)
  })

  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })

  const inStage = async (stageId: string | undefined) => {
    const { records } = await crm
      .as(person(0))
      .records(deal)
      .find({ where: { stageId }, sort: ['rank'], limit: 500 })
    return records
  }
  const create = (name: string, values: Partial<Deal> = {}) =>
    crm
      .as(person(0))
      .records(deal)
      .create({ name, ...values })

  test('who comes into a stage stands on top of it', async () => {
    const [first] = stages
    for (const name of ['a', 'b', 'c']) await create(name, { stageId: first ?? null })
    const names = (await inStage(first)).map(({ name }) => name)
    expect(new Set(names.slice(0, 3))).toEqual(new Set(['a', 'b', 'c']))
    expect((await inStage(first)).every(({ rank }) => /^[0-9A-Za-z]+$/.test(rank ?? ''))).toBe(true)
  })

  test('attack:C10 twenty people put a card in place five at once: one order, nothing twice, nothing lost', async () => {
    const [, from, to] = stages
    const there = await Promise.all(Array.from({ length: 10 }, (_, index) => create(`there ${index}`, { stageId: to ?? null })))
    const moved = await Promise.all(Array.from({ length: 20 }, (_, index) => create(`moved ${index}`, { stageId: from ?? null })))
    const seen = await inStage(to)
    const [above, below] = [seen[3]?.rank ?? null, seen[4]?.rank ?? null]
    await Promise.all(
      moved.map((card, index) =>
        crm
          .as(person(index))
          .records(deal)
          .update(card, { stageId: to ?? null, rank: rankBetween(above, below) }),
      ),
    )
    const now = await inStage(to)
    expect(now).toHaveLength(there.length + moved.length)
    expect(new Set(now.map(({ id }) => id)).size).toBe(now.length)
    expect(now.slice(0, 4).map(({ id }) => id)).toEqual(seen.slice(0, 4).map(({ id }) => id))
    expect(new Set(now.slice(4, 24).map(({ id }) => id))).toEqual(new Set(moved.map(({ id }) => id)))
    expect(now.slice(24).map(({ id }) => id)).toEqual(seen.slice(4).map(({ id }) => id))
    // Everybody sees the same order, page by page too.
    const pages: string[] = []
    let cursor: string | undefined
    do {
      const page = await crm
        .as(person(7))
        .records(deal)
        .find({ where: { stageId: to }, sort: ['rank'], limit: 7, cursor })
      pages.push(...page.records.map(({ id }) => id))
      cursor = page.cursor ?? undefined
    } while (cursor)
    expect(pages).toEqual(now.map(({ id }) => id))
    expect(await inStage(from)).toEqual([])
  })

  test('twenty people who each move a card within the same column keep every card', async () => {
    const [, , , column] = stages
    const cards = await Promise.all(Array.from({ length: 20 }, (_, index) => create(`card ${index}`, { stageId: column ?? null })))
    const seen = await inStage(column)
    await Promise.all(
      cards.map((card, index) => {
        const at = (index * 7) % seen.length
        const rank = rankBetween(seen[at - 1]?.rank ?? null, seen[at]?.rank ?? null)
        return crm.as(person(index)).records(deal).update(card, { rank })
      }),
    )
    const now = await inStage(column)
    expect(now.map(({ id }) => id).sort()).toEqual(cards.map(({ id }) => id).sort())
    expect([...now.map(({ rank }) => rank ?? '')].sort()).toEqual(now.map(({ rank }) => rank ?? ''))
  })

  test.each(['', '0', 'a0', 'a b', 'é', '-', 'A'.repeat(201)])('a rank that would not sort is refused: %j', async (rank) => {
    const card = await create('x')
    const attempt = crm.as(person(0)).records(deal).update(card, { rank })
    if (rank === '') await attempt
    else await expect(attempt).rejects.toMatchObject({ status: 422 })
  })

  test('a view is changed by its owner only, though everybody may see it', async () => {
    const views = (index: number) => crm.as(person(index)).records('saved_view')
    const view = await views(1).create({ name: '重点', object: 'deal', shared: true, settings: '{}' })
    expect((await views(2).find({ where: { object: 'deal', shared: true } })).records.map(({ id }) => id)).toContain(view.id)
    await expect(views(2).update({ id: view.id, version: 'any' }, { name: 'x' })).rejects.toMatchObject({ code: 'STANDARD_VIEW_OF_OTHER' })
    await expect(views(2).remove({ id: view.id, version: 'any' })).rejects.toMatchObject({ code: 'STANDARD_VIEW_OF_OTHER' })
    await views(1).update({ id: view.id, version: 'any' }, { name: '本月' })
    await views(1).remove({ id: view.id, version: 'any' })
  })
})
