import type { Crm } from '@guanxi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { admin, openOffice, rule, sets } from '../logic/office.ts'
import { type Database, engines } from '../support/engines.ts'

describe.each(engines)('rules on save, at length, on $name', (engine) => {
  let database: Database
  let crm: Crm
  const offers = () => crm.as(admin).records('offer')

  beforeAll(async () => {
    database = await engine.create()
    crm = await openOffice(database)
  })
  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })

  test('attack:R08 rules that would cost more than a save may are refused by name, and others go on', async () => {
    const heavy = { or: Array.from({ length: 90 }, (_, n) => ({ '===': [{ '+': [{ var: 'x' }, n] }, -1] })) }
    const names: string[] = []
    const refused = await (async () => {
      for (let n = 0; n < 20; n++) {
        const save = {
          kind: 'compute' as const,
          rules: Array.from({ length: 10 }, (_, at) => ({
            id: `r${at}`,
            when: heavy,
            do: [{ action: 'set', params: { values: { note: 'x' } } }],
          })),
        }
        const { id } = await crm
          .as(admin)
          .deciders.create({ name: `heavy${n}`, object: 'offer', label: { 'zh-CN': '重', en: 'Heavy' }, save })
        try {
          await crm.as(admin).deciders.advance(id, { to: 'on' })
          names.push(id)
        } catch (error) {
          return { id, error }
        }
      }
    })()
    expect(refused?.error).toMatchObject({ code: 'RULE_BUDGET', params: { rule: refused?.id } })
    expect(await offers().create({ title: 'others', x: 1 })).toMatchObject({ note: null })
    for (const id of names) await crm.as(admin).deciders.advance(id, { to: 'off' })
  })

  test('attack:R11 a thousand saves while a rule is edited: each by one version of it', async () => {
    const write = (n: number) => sets({ pieces: { gte: 1 } }, { x: n, y: n })
    const id = await rule(crm.as(admin), write(1))
    let isSaving = true
    const edit = async (): Promise<void> => {
      for (let n = 2; isSaving; n++) {
        await crm.as(admin).deciders.propose(id, { save: write(n) })
        await crm.as(admin).deciders.advance(id, { to: 'on' })
      }
    }
    /** Who saves while the rule changes twice is told to try again, and does. */
    const saveOne = (title: string): Promise<{ id: unknown }> =>
      offers()
        .create({ title, pieces: 1 })
        .catch((error: { code?: string }) => {
          if (error.code === 'REVISION_CHANGED') return saveOne(title)
          throw error
        })
    const save = async (): Promise<string[]> => {
      const ids: string[] = []
      for (let n = 0; n < 1_000; n++) ids.push(String((await saveOne(`n${n}`)).id))
      isSaving = false
      return ids
    }
    const [ids] = await Promise.all([save(), edit()])
    for (const one of ids) {
      const { x, y } = await offers().get(one)
      const cause = (await offers().changes(one)).entries[0]?.cause as { rules: { version: number }[] }
      expect([x, y]).toEqual([cause.rules[0]?.version, cause.rules[0]?.version])
    }
  })
})
