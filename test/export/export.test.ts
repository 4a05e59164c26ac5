import { createExporter } from '@guanxi/adapters/export'
import { createImporter, openTable } from '@guanxi/adapters/import'
import { type Crm, createCrm, type RoleGrants, type Session } from '@guanxi/core'
import { customer } from '@guanxi/core/standard'
import { afterEach, describe, expect, it } from 'vitest'
import { bytesOf, collect } from '../import/support/collect.ts'
import { type Engine, engines } from '../support/engines.ts'
import { admin, makeThings, thingsOn } from './things.ts'
import { unzipped } from './unzipped.ts'

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function things(engine: Engine): Promise<{ crm: Crm<unknown>; session: Session }> {
  const place = await thingsOn(engine)
  open.push(place.close)
  return place
}

async function standard(engine: Engine, access?: RoleGrants): Promise<Crm> {
  const database = await engine.create()
  const crm = createCrm({ store: database.store(), tenant: 'test', access })
  await crm.open()
  open.push(() => crm.close().then(() => database.drop()))
  return crm
}

const textOf = async (file: AsyncIterable<Uint8Array>): Promise<string> =>
  Buffer.from(await bytesOf(file))
    .toString()
    .replace(/^\ufeff/, '')
const plain = { alias: null, notes: null, ratio: null, active: null, day: null, moment: null, phone: null, email: null, site: null }
const nothing = { ...plain, count: null, rate: null, price: null, colour: null, colours: [], tags: [], agentId: null, ownerId: null }
const blank = { ...nothing, custom: { mood: null, bonus: null }, parent: null, others: [], about: null }

for (const engine of engines) {
  describe(`exports on ${engine.name}`, () => {
    it('show people what they know, and keep apart what only looks alike', async () => {
      const { crm, session } = await things(engine)
      const ids = await makeThings(session, [
        {
          ...blank,
          name: '蓝海',
          price: { minor: 123_450, currency: 'USD' },
          colour: 'red',
          colours: ['red', 'green'],
          agentId: 'ada',
          parent: 1,
        },
        {
          ...blank,
          name: '红山',
          price: { minor: 5, currency: 'CNY' },
          agentId: 'bo',
          moment: Date.UTC(2026, 2, 16, 1, 30, 0, 250),
          parent: 2,
        },
        { ...blank, name: '蓝海', price: { minor: 700, currency: 'USD' }, ownerId: 'stranger', about: 0, others: [0, 1] },
      ])
      const fields = ['name', 'price', 'colour', 'colours', 'agentId', 'moment', 'parentId', 'about', 'others', 'ownerId']
      const zh = await textOf(createExporter(crm, { ...admin, locale: 'zh-CN' }).object('thing', { fields }))
      expect(zh.split('\r\n')).toEqual([
        '名称 (name),价格 (USD),Colour,Colours,Agent id,创建时间 (moment),Parent id,About,Others,负责人',
        '蓝海,1234.50,红、色,"[""红、色"",""绿""]",林晓,,红山,,,',
        `红山,CNY 0.05,,,陈伟 [bo],2026-03-16 09:30:00,蓝海 [${ids[2]}],,,`,
        `蓝海,7.00,,,,,,thing: 蓝海 [${ids[0]}],蓝海 [${ids[0]}]、红山,[stranger]`,
        '',
      ])
      const raw = await textOf(
        createExporter(crm, admin).object('thing', { fields: ['price', 'colour', 'moment', 'parentId'], values: 'raw', headers: 'name' }),
      )
      expect(raw.split('\r\n').slice(0, 3)).toEqual([
        'price,colour,moment,parentId',
        `USD 1234.50,red,,${ids[1]}`,
        `CNY 0.05,,2026-03-16T01:30:00.250Z,${ids[2]}`,
      ])
    })

    it('take the same questions as every other read', async () => {
      const { crm, session } = await things(engine)
      await makeThings(session, [
        { ...blank, name: 'a', count: 1 },
        { ...blank, name: 'b', count: 2 },
        { ...blank, name: 'c', count: 3 },
      ])
      const exporter = createExporter(crm, admin)
      expect(
        await textOf(exporter.object('thing', { where: { count: { gte: 2 } }, sort: ['-count'], fields: ['name'], headers: 'name' })),
      ).toBe('name\r\nc\r\nb\r\n')
      const lines = await textOf(exporter.object('thing', { format: 'jsonl', fields: ['name'], sort: ['name'] }))
      expect(
        lines
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).name),
      ).toEqual(['a', 'b', 'c'])
      for (const [options, code] of [
        [{ fields: ['nope'] }, 'FIELD_UNKNOWN'],
        [{ where: { nope: 1 } }, 'FIELD_UNKNOWN'],
        [{ sort: ['tags'] }, 'PARAMETER_INVALID'],
        [{ zone: 'Mars/Olympus' }, 'PARAMETER_INVALID'],
      ] as const) {
        await expect(bytesOf(exporter.object('thing', options)), code).rejects.toMatchObject({ code })
      }
      await expect(bytesOf(exporter.object('nope'))).rejects.toMatchObject({ code: 'OBJECT_UNKNOWN' })
    })

    it('lets people add rows, change rows and empty nothing by import', async () => {
      const { crm, session } = await things(engine)
      const [id] = await makeThings(session, [{ ...blank, name: 'a', colour: 'blue', notes: 'stays' }])
      await session.records('thing').update({ id: id ?? '', version: 'any' }, { count: 5 })
      const file = await textOf(
        createExporter(crm, admin).object('thing', { fields: ['id', 'name', 'notes', 'count', 'colour'], headers: 'name' }),
      )
      const edited = file.replace(/a,stays,5,blue/, 'a,,6,Blue').concat(',new,,,\r\n')
      const importer = createImporter(crm, admin)
      const bytes = new TextEncoder().encode(edited)
      const { mapping } = await importer.preview(await openTable({ bytes }), 'thing')
      const files = [{ name: 'x', mapping, open: () => openTable({ bytes }) }]
      const { job } = await importer.start(files)
      expect(await importer.run(job.id, files)).toMatchObject({ created: 1, updated: 1, unchanged: 0, refused: 0 })
      expect(await session.records('thing').get(id ?? '')).toMatchObject({ name: 'a', notes: 'stays', count: 6, colour: 'navy' })
      expect(await session.records('thing').count({ where: { name: 'new' } })).toBe(1)
    })

    it('moves records to another place with their ids, so that what points to them still does', async () => {
      const [from, to] = [await things(engine), await things(engine)]
      const ids = await makeThings(from.session, [
        { ...blank, name: 'a', parent: 1 },
        { ...blank, name: 'b', others: [0] },
      ])
      const bytes = await bytesOf(createExporter(from.crm, admin).object('thing', { values: 'raw' }))
      const importer = createImporter(to.crm, admin)
      const { mapping } = await importer.preview(await openTable({ bytes }), 'thing')
      const files = [{ name: 'x', mapping, open: () => openTable({ bytes }) }]
      const { job } = await importer.start(files)
      expect(await importer.run(job.id, files)).toMatchObject({ created: 2, refused: 0 })
      expect(await to.session.records('thing').get(ids[0] ?? '')).toMatchObject({ name: 'a', parentId: ids[1] })
      expect(await to.session.records('thing').get(ids[1] ?? '')).toMatchObject({ name: 'b', others: [ids[0]] })
    })

    it('show each reader the records they may read, and names only of what they may read', async () => {
      const rep = { customer: { read: 'own', create: 'all' }, contact: { read: 'all' } } as const
      const crm = await standard(engine, { rep, admin: '*' })
      const [ann, bob] = [
        { id: 'ann', roles: ['admin'] },
        { id: 'bob', roles: ['rep'], locale: 'en' },
      ]
      const own = await crm.as(bob).records(customer).create({ name: 'Mine' })
      const other = await crm.as(ann).records(customer).create({ name: 'Theirs' })
      for (const { id, name } of [own, other])
        await crm
          .as(ann)
          .records('contact')
          .create({ name: `${name}’s`, customerId: id })
      const exporter = createExporter(crm, bob)
      expect(await textOf(exporter.object('customer', { fields: ['name'] }))).toBe('Name\r\nMine\r\n')
      expect(await textOf(exporter.object('contact', { fields: ['name', 'customerId'], headers: 'name' }))).toBe(
        `name,customerId\r\nMine’s,Mine\r\nTheirs’s,${other.id}\r\n`,
      )
      await expect(bytesOf(exporter.object('deal'))).rejects.toMatchObject({ code: expect.stringMatching(/FORBIDDEN|OBJECT_UNKNOWN/) })
      await expect(bytesOf(exporter.tenant())).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })

    it('puts a whole tenant into a zip, deleted records and histories too', async () => {
      const { crm, session } = await things(engine)
      const ids = await makeThings(session, [
        { ...blank, name: 'a' },
        { ...blank, name: 'b' },
      ])
      await session.records('thing').remove({ id: ids[1] ?? '', version: 'any' })
      const parts = await unzipped(await bytesOf(createExporter(crm, admin).tenant()))
      expect([...parts.keys()]).toEqual(
        expect.arrayContaining(['definitions.json', 'people.json', 'records/thing.jsonl', 'changes/thing.jsonl', 'manifest.json']),
      )
      const json = (name: string) => JSON.parse(parts.get(name) ?? '')
      const lines = (name: string) =>
        (parts.get(name) ?? '')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      expect(json('manifest.json')).toMatchObject({
        format: 'guanxi-export',
        version: 1,
        tenant: 'test',
        objects: { thing: { records: 2, changes: 3 } },
      })
      expect(json('people.json').people.map(({ id }: { id: string }) => id)).toEqual(['ada', 'bo', 'bo2', '陈伟'])
      expect(lines('records/thing.jsonl')).toMatchObject([
        { id: ids[0], name: 'a', deletedAt: null },
        { id: ids[1], name: 'b', deletedAt: expect.any(Number) },
      ])
      expect(lines('changes/thing.jsonl').map(({ operation }) => operation)).toEqual(['create', 'create', 'delete'])
      expect(json('definitions.json').map(({ name }: { name: string }) => name)).toContain('deal')
    })
  })
}

it('everybody is in the export of a tenant, however many they are', async () => {
  const [, engine] = engines
  if (!engine) throw new Error('There is no such engine.')
  const crm = await standard(engine)
  const people = Array.from({ length: 1_205 }, (_, index) => ({ id: `p${index}`, name: '林晓' }))
  await crm.directory.put({ tenant: 'test', people, teams: [{ id: 't', name: 'T', parentId: null }] })
  const parts = await unzipped(await bytesOf(createExporter(crm, { id: 'ann', roles: ['admin'] }).tenant()))
  const found = JSON.parse(parts.get('people.json') ?? '')
  expect(new Set(found.people.map(({ id }: { id: string }) => id)).size).toBe(1_205)
  expect(found.teams).toHaveLength(1)
  await expect(crm.as({ id: 'ann' }).directory.people({ after: 'p1', search: 'x' })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
})

it('stops reading when the reader goes', async () => {
  const [, engine] = engines
  if (!engine) throw new Error('There is no such engine.')
  const crm = await standard(engine)
  const session = crm.as({ id: 'ann', roles: ['admin'] })
  for (let part = 0; part < 10; part += 1) {
    await session
      .records(customer)
      .createMany(Array.from({ length: 1_000 }, (_, index) => ({ name: `${part} ${index} ${'名'.repeat(60)}` })))
  }
  const pieces = createExporter(crm, { id: 'ann', roles: ['admin'] })
    .object('customer')
    [Symbol.asyncIterator]()
  expect((await pieces.next()).done).toBe(false)
  expect(await pieces.return?.()).toMatchObject({ done: true })
  expect(await collect({ [Symbol.asyncIterator]: () => pieces })).toEqual([])
})
