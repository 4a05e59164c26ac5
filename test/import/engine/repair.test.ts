import { type BadRow, createImporter, type ImportFile, type ImportMapping, openTable } from '@guanxi/adapters/import'
import { customer } from '@guanxi/core/standard'
import { describe, expect, it } from 'vitest'
import { engines } from '../../support/engines.ts'
import { collect } from '../support/collect.ts'
import { admin, type Place, placeOn } from './setting.ts'

function fileOf(name: string, mapping: ImportMapping, text: string): ImportFile {
  return { name, mapping, open: () => openTable({ bytes: new TextEncoder().encode(text) }) }
}

const fields = (...names: string[]) => names.map((field) => ({ column: field, field }))

async function imported({ importer }: Place, ...files: ImportFile[]): Promise<string> {
  const { job } = await importer.start(files)
  await importer.run(job.id, files)
  return job.id
}

async function bad({ importer }: Place, job: string): Promise<BadRow[]> {
  const files = await importer.badRows(job)
  return (await Promise.all(files.map(({ details }) => collect(details)))).flat()
}

for (const engine of engines) {
  describe(`rows that were not taken, on ${engine.name}`, () => {
    it('are written again with the cells that a person corrected, and only once', async () => {
      const place = await placeOn(engine)
      const mapping = { object: 'customer', columns: fields('name', 'phone', 'region'), key: ['name'] }
      const text = 'name,phone,region\n蓝海,13800138000,x\n红山,none,y\n,13900139000,z\n云杉,also none,z\n'
      const job = await imported(place, fileOf('a.csv', mapping, text))
      expect((await bad(place, job)).map(({ row, state }) => [row, state])).toEqual([
        [3, 'refused'],
        [4, 'refused'],
        [5, 'refused'],
      ])
      const results = await place.importer.repair(job, [
        { file: 0, row: 5, cells: { phone: 'still none', region: 'w' } },
        { file: 0, row: 3, cells: { phone: '' } },
        { file: 0, row: 4, cells: { name: '白云' } },
      ])
      expect(results.map(({ row, outcome }) => [row, outcome])).toEqual([
        [5, 'refuse'],
        [3, 'create'],
        [4, 'create'],
      ])
      expect(await bad(place, job)).toMatchObject([{ row: 5, cells: ['云杉', 'still none', 'w'], reasons: [{ code: 'VALUE_PHONE' }] }])
      expect(await place.session.records(customer).count()).toBe(3)
      await expect(place.importer.repair(job, [{ file: 0, row: 3, cells: {} }])).rejects.toMatchObject({
        code: 'NOT_FOUND',
        path: '/rows/0',
      })
      const { records: jobs } = await place.session.records('import_job').find()
      expect(jobs).toMatchObject([{ created: 3, refused: 1, rowsDone: 4 }])
      const [red] = (await place.session.records(customer).find({ where: { name: '红山' } })).records
      const { entries } = await place.session.records(customer).changes(red?.id ?? '')
      expect(entries).toMatchObject([{ operation: 'create', cause: { kind: 'import', id: job } }])
    })

    it('that only lack a reference get it, and stay one record', async () => {
      const place = await placeOn(engine)
      const mapping = { object: 'customer', columns: fields('name', 'parentId') }
      const job = await imported(place, fileOf('a.csv', mapping, 'name,parentId\n蓝海,nobody\n红山,\n'))
      expect(await bad(place, job)).toMatchObject([{ row: 2, state: 'incomplete', reasons: [{ column: 'parentId' }] }])
      expect(await place.importer.repair(job, [{ file: 0, row: 2, cells: { parentId: 'nobody else' } }])).toMatchObject([
        { outcome: 'refuse' },
      ])
      expect(await place.importer.repair(job, [{ file: 0, row: 2, cells: { parentId: '红山' } }])).toMatchObject([{ outcome: 'update' }])
      expect(await bad(place, job)).toEqual([])
      const { records } = await place.session.records(customer).find({ sort: ['name'], expand: ['parentId'] })
      expect(records).toHaveLength(2)
      expect(records.find(({ name }) => name === '蓝海')).toMatchObject({ related: { parentId: { name: '红山' } } })
      expect((await place.session.records('import_job').find()).records).toMatchObject([{ created: 2, refused: 0 }])
    })

    it('may name each other, belong to several files, and be people', async () => {
      const place = await placeOn(engine)
      const people = fileOf(
        'people.csv',
        { object: '@people', columns: fields('id', 'name', 'email') },
        'id,name,email\np1,林晓,a@example.com\np2,,b@example.com\n',
      )
      const companies = fileOf(
        'companies.csv',
        { object: 'customer', columns: fields('name', 'phone', 'parentId') },
        'name,phone,parentId\na,no,\nb,no,\n',
      )
      const job = await imported(place, people, companies)
      expect(await bad(place, job)).toHaveLength(3)
      const results = await place.importer.repair(job, [
        { file: 1, row: 3, cells: { phone: '', parentId: 'a' } },
        { file: 0, row: 3, cells: { name: '陈伟' } },
        { file: 1, row: 2, cells: { phone: '' } },
      ])
      expect(results.map(({ file, outcome }) => [file, outcome])).toEqual([
        ['companies.csv', 'create'],
        ['people.csv', 'create'],
        ['companies.csv', 'create'],
      ])
      expect((await place.session.directory.people()).map(({ name }) => name).sort()).toEqual(['林晓', '陈伟'].sort())
      expect((await place.session.records(customer).find({ where: { name: 'b' }, expand: ['parentId'] })).records).toMatchObject([
        { related: { parentId: { name: 'a' } } },
      ])
    })

    it('are not touched while the import runs, nor by columns or rights that are not there', async () => {
      const place = await placeOn(engine, {
        access: { admin: '*', clerk: { import_job: '*', import_row: '*', import_batch: '*', customer: ['read'] } },
      })
      const job = await imported(place, fileOf('a.csv', { object: 'customer', columns: fields('name', 'phone') }, 'name,phone\na,no\n'))
      await expect(place.importer.repair(job, [{ file: 0, row: 2, cells: { nope: 'x' } }])).rejects.toMatchObject({
        code: 'IMPORT_COLUMN_UNKNOWN',
      })
      await expect(place.importer.repair(job, [{ file: 7, row: 2, cells: {} }])).rejects.toMatchObject({
        code: 'NOT_FOUND',
        path: '/rows/0/file',
      })
      const many = Array.from({ length: 501 }, (_, index) => ({ file: 0, row: index + 1, cells: {} }))
      await expect(place.importer.repair(job, many)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
      await place.session.records('import_job').update({ id: job, version: 'any' }, { state: 'running' })
      await expect(place.importer.repair(job, [{ file: 0, row: 2, cells: { phone: '' } }])).rejects.toMatchObject({
        code: 'IMPORT_RUNNING',
      })
      const clerk = createImporter(place.crm, { ...admin, id: 'clerk', roles: ['clerk'] })
      await expect(clerk.repair(job, [{ file: 0, row: 2, cells: { phone: '' } }])).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })
  })
}
