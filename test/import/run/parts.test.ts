import { type ImportMapping, importRow } from '@guanxi/adapters/import'
import { customer } from '@guanxi/core/standard'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeySet } from '../../../packages/adapters/src/import/run/key-set.ts'
import { engines } from '../../support/engines.ts'
import { placeOn } from '../engine/setting.ts'
import { fileOf } from '../support/files.ts'

it('a set of keys knows what it has seen, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 4 }), { maxLength: 6_000, size: 'max' }), (keys) => {
      const seen = new KeySet()
      const known = new Set<string>()
      for (const key of keys) {
        expect(seen.add(key)).toBe(!known.has(key))
        known.add(key)
      }
    }),
    { numRuns: 20 },
  )
})

const companies: ImportMapping = {
  object: 'customer',
  columns: [
    { column: 'name', field: 'name' },
    { column: 'parent', field: 'parentId' },
  ],
  key: ['name'],
}

describe.each(engines)('files and rows that refer to each other on $name', (engine) => {
  it('companies that own each other in a circle come in without the reference that closes it, and it is reported', async () => {
    const { session, importer } = await placeOn(engine)
    const files = [
      fileOf(
        'companies.csv',
        companies,
        ['name', 'parent'],
        [
          ['A', 'B'],
          ['B', 'A'],
        ],
      ),
    ]
    const { job } = await importer.start(files)
    expect(await importer.run(job.id, files)).toMatchObject({ created: 2, refused: 0, waiting: 0 })
    expect(await session.records(customer).count({ where: { parentId: { isNull: false } } })).toBe(1)
    const { records } = await session.records(importRow).find({ where: { jobId: job.id } })
    expect(records).toMatchObject([{ state: 'incomplete', reasons: expect.stringContaining('STANDARD_PARENT_CYCLE') }])
  })

  it('files are taken in the order of their references, whatever order they are given in', async () => {
    const { importer } = await placeOn(engine)
    const contacts: ImportMapping = {
      object: 'contact',
      columns: [
        { column: 'name', field: 'name' },
        { column: 'company', field: 'customerId' },
      ],
    }
    const deals: ImportMapping = {
      object: 'deal',
      columns: [
        { column: 'name', field: 'name' },
        { column: 'company', field: 'customerId' },
        { column: 'contact', field: 'contactId' },
      ],
    }
    const files = [
      fileOf('deals.csv', deals, ['name', 'company', 'contact'], [['D', 'A', 'P']]),
      fileOf('contacts.csv', contacts, ['name', 'company'], [['P', 'A']]),
      fileOf('companies.csv', companies, ['name', 'parent'], [['A', '']]),
    ]
    const order: string[] = []
    const { job } = await importer.start(files)
    const result = await importer.run(job.id, files, { onProgress: ({ file }) => void order.push(file) })
    expect(result).toMatchObject({ created: 3, refused: 0 })
    expect(order).toEqual(['companies.csv', 'contacts.csv', 'deals.csv'])
  })

  it('a mapping that does not fit is refused before anything is written, by what is wrong with it', async () => {
    const { importer } = await placeOn(engine)
    const start = (mapping: Partial<ImportMapping>) =>
      importer.start([fileOf('x.csv', { ...companies, ...mapping }, ['name', 'parent'], [['A', '']])])
    await expect(start({ columns: [{ column: 'nome', field: 'name' }] })).rejects.toMatchObject({ code: 'IMPORT_COLUMN_UNKNOWN' })
    await expect(start({ columns: [{ column: 'name', field: 'nome' }] })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
    await expect(start({ columns: [{ column: 'name', field: 'createdAt' }] })).rejects.toMatchObject({ code: 'IMPORT_FIELD_KIND' })
    await expect(start({ columns: [{ column: 'name', field: 'lockState' }] })).rejects.toMatchObject({ code: 'IMPORT_FIELD_KIND' })
    await expect(start({ key: ['phone'] })).rejects.toMatchObject({ code: 'IMPORT_MAPPING_INVALID' })
    await expect(start({ zone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'IMPORT_MAPPING_INVALID' })
    await expect(start({ templates: { name: '{name}' } })).rejects.toMatchObject({ code: 'IMPORT_MAPPING_INVALID' })
    await expect(start({ object: 'nothing' })).rejects.toMatchObject({ code: 'OBJECT_UNKNOWN' })
  })
})
