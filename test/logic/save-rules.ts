import type { Crm, CrmError } from '@guanxi/core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Database, Engine } from '../support/engines.ts'
import { admin, heard, offer, openOffice, rep, rule, sets } from './office.ts'

/** Rules on save: what they do, in which order, and what they leave alone. */
export function saveRules(engine: Engine): void {
  describe(`rules on save on ${engine.name}`, () => {
    let database: Database
    let crm: Crm
    const offers = (who: typeof admin = admin) =>
      crm.as(who).records(offer as never) as never as ReturnType<Crm['as']>['records'] extends (o: string) => infer R ? R : never
    const made: string[] = []
    const on = async (...args: Parameters<typeof rule> extends [unknown, ...infer R] ? R : never) => {
      const id = await rule(crm.as(admin), ...args)
      made.push(id)
      return id
    }

    beforeAll(async () => {
      database = await engine.create()
      crm = await openOffice(database)
    })
    afterEach(async () => {
      for (const id of made.splice(0)) await crm.as(admin).deciders.advance(id, { to: 'off' })
      heard.length = 0
    })
    afterAll(async () => {
      await crm?.close()
      await database?.drop()
    })

    const cause = async (id: string) => (await offers().changes(id)).entries[0]?.cause as { kind: string; rules: object[] } | null

    test('a validation refuses with its sentences, all of them at once, each at its field', async () => {
      await on({
        kind: 'validation',
        rules: [
          {
            id: 'few',
            when: { pieces: { lt: 10 } },
            do: [{ action: 'reject', params: { message: { 'zh-CN': '只有 {n} 件', en: 'only {n} pieces' }, field: 'pieces' } }],
            because: { 'zh-CN': '太少', en: 'too few', values: { n: { var: 'pieces' } } },
          },
          {
            id: 'cheap',
            when: { price: { lt: 5 } },
            do: [{ action: 'reject', params: { message: { 'zh-CN': '太便宜', en: 'too cheap' } } }],
          },
        ],
      })
      const error = await offers()
        .create({ title: 'a', pieces: 3, price: 1 })
        .catch((caught: unknown) => caught as CrmError)
      expect((error as CrmError).toBody('en').details?.issues).toMatchObject([
        { code: 'RECORD_RULE', path: '/pieces', message: 'only 3 pieces' },
        { code: 'RECORD_RULE', path: '', message: 'too cheap' },
      ])
      expect((error as CrmError).toBody('zh-CN').details?.issues).toMatchObject([{ message: '只有 3 件' }, { message: '太便宜' }])
      const { id } = await offers().create({ title: 'a', pieces: 30, price: 10 })
      await expect(offers().update({ id, version: 1 }, { pieces: 2 })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
      // What a write does not touch is not looked at.
      await offers().update({ id, version: 1 }, { note: 'fine' })
      await expect(
        offers().createMany([
          { pieces: 20, price: 9 },
          { pieces: 1, price: 9 },
        ]),
      ).rejects.toMatchObject({
        details: { issues: [{ path: '/1/pieces' }] },
      })
      await expect(offers().updateMany({ ids: [id], maxAffected: 1 }, { price: 1 })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    })

    test('a compute sets fields in the same write, and the change says which rule in which version', async () => {
      const rules = await on({
        kind: 'compute',
        rules: [
          {
            id: 'total',
            when: { '!==': [{ var: 'pieces' }, null] },
            do: [{ action: 'set', params: { values: { margin: { '*': [{ var: 'pieces' }, 2] }, note: 'computed' } } }],
            because: { 'zh-CN': '有 {n} 件', en: '{n} pieces', values: { n: { var: 'pieces' } } },
          },
        ],
      })
      const { id, ...created } = await offers().create({ title: 'a', pieces: 4 })
      expect(created).toMatchObject({ margin: 8, note: 'computed', version: 1 })
      expect(await cause(id)).toEqual({
        kind: 'rules',
        id: 'rules',
        rules: [{ decider: rules, version: 1, rule: 'total', facts: { n: 4 } }],
      })
      expect((await offers().changes(id)).entries[0]?.authors).toMatchObject({ margin: `rule:${rules}@1/total` })
      expect(await offers().update({ id, version: 1 }, { pieces: 5 })).toMatchObject({ margin: 10, version: 2 })
      await offers().updateMany({ ids: [id], maxAffected: 1 }, { pieces: 6 })
      expect(await offers().get(id)).toMatchObject({ margin: 12, version: 3 })
      expect((await crm.as(admin).deciders.why('offer', id)).map(({ rule: name, run, because }) => [name, run, because?.en])).toEqual([
        ['total', null, '6 pieces'],
        ['total', null, '5 pieces'],
        ['total', null, '4 pieces'],
      ])
    })

    test('rules go in their order, again only where another one changed what they look at; the first that holds counts', async () => {
      await on(sets({ pieces: { gte: 1 } }, { x: 1 }, { order: 3 }))
      await on(sets({ x: { gte: 1 } }, { y: { '+': [{ var: 'x' }, 1] } }, { order: 2 }))
      await on({
        kind: 'compute',
        order: 1,
        rules: [
          { id: 'high', when: { y: { gte: 2 } }, do: [{ action: 'set', params: { values: { z: 2 } } }] },
          { id: 'low', when: { y: { gte: 1 } }, do: [{ action: 'set', params: { values: { z: 1 } } }] },
        ],
      })
      expect(await offers().create({ pieces: 1 })).toMatchObject({ x: 1, y: 2, z: 2 })
      expect(await offers().create({ title: 'none' })).toMatchObject({ x: null, y: null, z: null })
    })

    test('attack:R03 rules that set each other off without end are stopped, and nothing is saved', async () => {
      const a = await on(sets({ x: { lt: 1_000 } }, { y: { '+': [{ var: 'x' }, 1] } }))
      const b = await on(sets({ y: { lt: 1_000 } }, { z: { '+': [{ var: 'y' }, 1] } }))
      const c = await on(sets({ z: { lt: 1_000 } }, { x: { '+': [{ var: 'z' }, 1] } }))
      const before = await offers().count()
      const error = await offers()
        .create({ x: 1 })
        .catch((caught: unknown) => caught as CrmError)
      expect(error).toMatchObject({ code: 'RULE_LOOP' })
      for (const id of [a, b, c]) expect(String((error as CrmError).params.chain)).toContain(id)
      expect(await offers().count()).toBe(before)
      // A circle that comes to rest is none.
      await crm.as(admin).deciders.advance(c, { to: 'off' })
      expect(await offers().create({ x: 1 })).toMatchObject({ x: 1, y: 2, z: 3 })
    })

    test('a score adds up the points of all rules that hold, also when only one of its fields is sent', async () => {
      await on({
        kind: 'score',
        into: 'points',
        rules: [
          { id: 'many', when: { pieces: { gte: 10 } }, do: [{ action: 'points', params: { points: 5 } }] },
          { id: 'dear', when: { price: { gte: 100 } }, do: [{ action: 'points', params: { points: { '+': [{ var: 'price' }, 1] } } }] },
        ],
      })
      const { id, points } = await offers().create({ pieces: 10, price: 100 })
      expect(points).toBe(106)
      expect(await offers().update({ id, version: 1 }, { price: 1 })).toMatchObject({ points: 5 })
      expect(await offers().update({ id, version: 2 }, { pieces: 1 })).toMatchObject({ points: 0 })
    })

    test('an automation acts once what it looks at changes: on the record, on a related one, on new ones, and by actions of plugins', async () => {
      const big = await crm.as(admin).records('firm').create({ name: 'Big' })
      const rules = await on({
        kind: 'automation',
        rules: [
          {
            id: 'won',
            when: { state: 'won' },
            do: [
              { action: 'set', params: { values: { note: 'bravo' } } },
              { action: 'related', params: { through: 'firmId', values: { tier: 'a', note: { var: 'title' } } } },
              { action: 'create', params: { object: 'offer', values: { title: '跟进 {t}', pieces: { var: 'pieces' } } } },
              { action: 'office.shout', params: { text: { 'zh-CN': '赢了 {t}', en: 'won {t}' }, size: { var: 'pieces' } } },
            ],
            because: { 'zh-CN': '赢了', en: 'won', values: { t: { var: 'title' } } },
          },
        ],
      })
      const { id } = await offers().create({ title: 'Ship', state: 'open', pieces: 7, firmId: big.id })
      expect(heard).toEqual([])
      expect(await offers().update({ id, version: 1 }, { state: 'won' })).toMatchObject({ note: 'bravo', version: 2 })
      expect(await crm.as(admin).records('firm').get(String(big.id))).toMatchObject({ tier: 'a', note: 'Ship' })
      expect((await offers().find({ where: { title: '跟进 Ship' } as never })).records).toMatchObject([{ pieces: 7, state: null }])
      expect(heard).toEqual([{ id, text: 'won Ship', size: 7 }])
      const [change] = (await crm.as(admin).records('firm').changes(String(big.id))).entries
      expect(change?.cause).toMatchObject({ kind: 'rule', id: rules, version: 1, rule: 'won' })
      // It has won already.
      await offers().update({ id, version: 2 }, { state: 'won', pieces: 8 })
      expect(heard).toHaveLength(1)
      await offers().createMany([
        { title: 'b', state: 'won', firmId: big.id },
        { title: 'c', state: 'won' },
        { title: 'd', state: 'lost' },
      ])
      expect(heard.map(({ text }) => text)).toEqual(['won Ship', 'won b', 'won c'])
    })

    test('attack:R06 without more rights of its own a rule leaves alone who may not see what it looks at', async () => {
      const save = sets({ margin: { gte: 1 } }, { points: { var: 'margin' } })
      await expect(
        crm.as(rep).deciders.create({ name: 'leak', object: 'offer', label: { 'zh-CN': '漏', en: 'leak' }, save }),
      ).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
      const plain = await on({ ...save, fields: ['note'] })
      const { id } = await offers().create({ margin: 9 })
      await offers().update({ id, version: 'any' }, { points: null })
      expect(await offers(rep).update({ id, version: 'any' }, { note: 'mine' })).toMatchObject({ points: null })
      expect(await offers().update({ id, version: 'any' }, { note: 'hers' })).toMatchObject({ points: 9 })
      await offers().update({ id, version: 'any' }, { points: null })
      await crm.as(admin).deciders.propose(plain, { save: { ...save, fields: ['note'], elevated: true } })
      await crm.as(admin).deciders.advance(plain, { to: 'on' })
      expect(await offers(rep).update({ id, version: 'any' }, { note: 'again' })).toMatchObject({ points: 9 })
      expect((await cause(id))?.rules).toMatchObject([{ decider: plain, version: 2, elevated: true }])
    })

    test('a rule in shadow writes down what it would have done; in a pilot it acts on its part', async () => {
      const shadow = await on(sets({ pieces: { gte: 1 } }, { note: 'would' }), 'shadow')
      const { id, note } = await offers().create({ pieces: 3 })
      expect(note).toBe(null)
      expect(await crm.as(admin).deciders.why('offer', id)).toMatchObject([
        { decider: shadow, mode: 'shadow', run: null, values: { note: [null, 'would'] } },
      ])
      await crm.as(admin).deciders.advance(shadow, { to: 'pilot', pilot: { title: 'north' } })
      expect(await offers().create({ pieces: 3, title: 'south' })).toMatchObject({ note: null })
      expect(await offers().create({ pieces: 3, title: 'north' })).toMatchObject({ note: 'would' })
      await crm.as(admin).deciders.rollback(shadow)
      expect(await offers().create({ pieces: 3, title: 'north' })).toMatchObject({ note: null })
    })

    test('a rule in shadow that looks again writes down once what it would have done in the end', async () => {
      const shadow = await on(sets({ pieces: { gte: 1 } }, { note: { var: 'title' } }, { order: 1, fields: ['pieces', 'title'] }), 'shadow')
      await on(sets({ pieces: { gte: 1 } }, { title: 'renamed' }, { order: 2 }))
      const { id } = await offers().create({ pieces: 3, title: 'first' })
      expect((await crm.as(admin).deciders.why('offer', id)).filter(({ decider }) => decider === shadow)).toMatchObject([
        { values: { note: [null, 'renamed'] } },
      ])
    })

    test('a rule whose value stays is told of, though another of its decider holds in the end', async () => {
      const set = (id: string, when: object, values: object) => ({ id, when, do: [{ action: 'set', params: { values } }] })
      const early = set('early', { x: { isNull: true } }, { note: 'new' })
      const first = await on({ kind: 'compute', order: 1, rules: [early, set('late', { x: 1 }, { y: 2 })] })
      const second = await on(sets({ note: 'new' }, { x: 1 }, { order: 2 }))
      const { id } = await offers().create({ title: 'a' })
      expect(await offers().get(id)).toMatchObject({ note: 'new', x: 1, y: 2 })
      const fired = (await cause(id))?.rules as readonly { readonly decider: string; readonly rule: string }[]
      expect(new Set(fired.map(({ decider, rule }) => `${decider}/${rule}`))).toEqual(
        new Set([`${first}/early`, `${first}/late`, `${second}/one`]),
      )
      expect(await crm.as(admin).deciders.why('offer', id)).toHaveLength(3)
    })

    test('a record that is refused anyway is told all that validations have against it, also beside one in shadow', async () => {
      const few = (id: string) => ({
        id,
        when: { pieces: { lt: 10 } },
        do: [{ action: 'reject', params: { message: { 'zh-CN': '少', en: 'few' }, field: 'pieces' } }],
      })
      await on({ kind: 'validation', rules: [few('tried')] }, 'shadow')
      await on({ kind: 'validation', rules: [few('live')] })
      const error = await offers()
        .create({ pieces: 3, price: -1 })
        .catch((caught: unknown) => caught as CrmError)
      const issues = (error as CrmError).toBody('en').details?.issues as readonly { readonly path: string }[]
      expect(issues.map(({ path }) => path).sort()).toEqual(['/pieces', '/price'])
    })

    test('without more rights of its own a rule leaves alone who may not write what it sets in another record', async () => {
      await on({
        kind: 'automation',
        rules: [
          {
            id: 'one',
            when: { changed: ['state'] },
            do: [{ action: 'related', params: { through: 'firmId', values: { secret: 'seen' } } }],
          },
        ],
      })
      const firms = crm.as(admin).records('firm')
      const own = await firms.create({ name: 'Acme', ownerId: rep.id })
      const { id } = await offers().create({ firmId: own.id })
      expect(await offers(rep).update({ id, version: 'any' }, { state: 'won' })).toMatchObject({ state: 'won' })
      expect(await firms.get(own.id)).toMatchObject({ secret: null })
      await offers().update({ id, version: 'any' }, { state: 'lost' })
      expect(await firms.get(own.id)).toMatchObject({ secret: 'seen' })
    })

    test('is tried on the saves that have been, and explained for one record', async () => {
      const { id } = await offers(rep).create({ title: 'try', pieces: 1, state: 'open' })
      await offers(rep).update({ id, version: 1 }, { pieces: 40 })
      await offers().update({ id, version: 2 }, { pieces: 50, note: 'x' })
      await offers().update({ id, version: 3 }, { note: 'y' })
      const draft = await crm.as(admin).deciders.create({
        name: `try-${engine.name}`.replace(/[^a-z-]/g, ''),
        object: 'offer',
        label: { 'zh-CN': '试', en: 'Try' },
        save: {
          kind: 'compute',
          rules: [
            {
              id: 'one',
              when: { and: [{ '===': [{ var: 'title' }, 'try'] }, { '>=': [{ var: 'pieces' }, 40] }] },
              do: [{ action: 'set', params: { values: { note: 'many' } } }],
              because: { 'zh-CN': '{n} 件', en: '{n} pieces', values: { n: { var: 'pieces' } } },
            },
          ],
        },
      })
      const tried = await crm.as(admin).deciders.replay(draft.id, { saves: 4 })
      expect(tried).toMatchObject({ saves: 4, fired: 2, unknown: 0, rules: [{ id: 'one', fired: 2 }] })
      expect(tried.people).toEqual([
        { id: 'ada', fired: 1, saves: 2 },
        { id: 'ray', fired: 1, saves: 2 },
      ])
      expect(tried.sample.map(({ because, values }) => [because?.en, values.note])).toEqual([
        ['50 pieces', ['x', 'many']],
        ['40 pieces', [null, 'many']],
      ])
      expect(await crm.as(admin).deciders.explain(draft.id, id)).toMatchObject({
        holds: true,
        affected: true,
        rule: 'one',
        values: { note: ['y', 'many'] },
      })
      for (const call of [() => crm.as(admin).deciders.preview(draft.id), () => crm.as(admin).deciders.run(draft.id)])
        await expect(call()).rejects.toMatchObject({ code: expect.stringMatching(/^DECIDER_KIND$/) })
    })

    test('a rule whose field is gone is broken, says so, and saves go on without it', async () => {
      const other = await openOffice(database, { withShelf: true })
      try {
        made.push(await rule(other.as(admin), sets({ shelf: 'top' }, { note: 'high' })))
        expect(await other.as(admin).records('offer').create({ shelf: 'top' })).toMatchObject({ note: 'high' })
      } finally {
        await other.close()
      }
      // The plugin that had the field is not there any more.
      expect(await offers().create({ title: 'still saved' })).toMatchObject({ note: null })
      expect(await crm.as(admin).deciders.get(made[0] ?? '')).toMatchObject({
        stage: 'on',
        broken: { code: 'FIELD_UNKNOWN', since: null },
      })
      // It is noticed once, whoever looks at the same time, and known from then on since when.
      const { deciders, operations } = crm.as(admin)
      const noticed = await Promise.all([deciders.noteBroken(), deciders.noteBroken()])
      expect(noticed.flat().map(({ id }) => id)).toEqual(made)
      expect(await deciders.noteBroken()).toEqual([])
      expect((await deciders.list()).find(({ id }) => id === made[0])?.broken?.since).toBeGreaterThan(0)
      expect((await operations.health()).broken).toBe(1)
      await deciders.advance(made[0] ?? '', { to: 'off' })
      expect((await operations.health()).broken).toBe(0)
    })

    test('what is wrong is refused when it is written, with where it stands', async () => {
      const create = (save: object) =>
        crm.as(admin).deciders.create({ name: 'wrong', object: 'offer', label: { 'zh-CN': '错', en: 'Wrong' }, save: save as never })
      const calls = [{ action: 'set', params: { values: { note: 'x' } } }]
      await expect(create({ kind: 'compute', rules: [{ id: 'a', when: { nothing: 1 }, do: calls }] })).rejects.toMatchObject({
        code: 'FIELD_UNKNOWN',
        path: '/rules/0/when/nothing',
      })
      await expect(
        create({ kind: 'compute', rules: [{ id: 'a', when: { pieces: 1 }, do: [{ action: 'fly', params: {} }] }] }),
      ).rejects.toMatchObject({
        code: 'ACTION_UNKNOWN',
        path: '/rules/0/do/0/action',
      })
      await expect(create({ kind: 'validation', rules: [{ id: 'a', when: { pieces: 1 }, do: calls }] })).rejects.toMatchObject({
        code: 'ACTION_UNKNOWN',
      })
      await expect(
        create({
          kind: 'compute',
          rules: [{ id: 'a', when: { pieces: 1 }, do: [{ action: 'set', params: { values: { pieces: 'many' } } }] }],
        }),
      ).rejects.toMatchObject({ code: 'VALIDATION_FAILED', path: '/rules/0/do/0/params/values/pieces' })
      await expect(create({ kind: 'compute', rules: [{ id: 'a', when: { 'firmId.name': 'Big' }, do: calls }] })).rejects.toMatchObject({
        code: 'RULE_RELATED',
      })
      await expect(create({ kind: 'score', rules: [{ id: 'a', when: { pieces: 1 }, do: calls }] })).rejects.toMatchObject({
        code: 'DECIDER_INVALID',
      })
      await expect(
        create({ kind: 'automation', rules: [{ id: 'a', when: { pieces: 1 }, do: [{ action: 'office.shout', params: {} }] }] }),
      ).rejects.toMatchObject({
        code: 'ACTION_INVALID',
      })
    })
  })
}
