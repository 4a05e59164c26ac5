import {
  createImporter,
  type ImportMapping,
  importBatch,
  importJob,
  importRow,
  openTable,
  type RowResult,
  writeCsv,
} from '@guanxi/adapters/import'
import { before, definePlugin } from '@guanxi/core'
import { customer, lead } from '@guanxi/core/standard'
import { describe, expect, it } from 'vitest'
import { engines } from '../../support/engines.ts'
import { fileOf, tableOf } from '../support/files.ts'
import { admin, placeOn } from './setting.ts'

const leads: ImportMapping = {
  object: 'lead',
  columns: [
    { column: '姓名', field: 'name' },
    { column: '手机', field: 'phone' },
    { column: '来源', field: 'source' },
  ],
  key: ['phone'],
}
const header = ['姓名', '手机', '来源']
const person = (index: number): string[] => [`客户${index}`, `139${String(index).padStart(8, '0')}`, '']
const people = (count: number): string[][] => Array.from({ length: count }, (_, index) => person(index))

const companies: ImportMapping = {
  object: 'customer',
  columns: [
    { column: 'name', field: 'name' },
    { column: 'parent', field: 'parentId' },
    { column: 'employees', field: 'employees' },
  ],
  key: ['name'],
}

describe.each(engines)('an import on $name', (engine) => {
  it('rehearses without writing anything, and says what would become of each row', async () => {
    const { session, importer } = await placeOn(engine)
    await session.records(lead).create({ name: '老客户', phone: '13900000001' })
    const files = [
      fileOf('leads.csv', leads, header, [
        ['新客户', '13900000009', ''],
        ['老客户', '13900000001', ''],
        ['改名', '13900000001', ''],
        ['坏号', '12', ''],
      ]),
    ]
    const result = await importer.dryRun(files)
    expect(result.rows.map(({ row, outcome, reasons }) => [row, outcome, reasons[0]?.code])).toEqual([
      [2, 'create', undefined],
      [3, 'unchanged', undefined],
      [4, 'refuse', 'IMPORT_KEY_REPEATED'],
      [5, 'refuse', 'VALUE_PHONE'],
    ])
    expect(await session.records(lead).count()).toBe(1)
    for (const object of [importJob, importRow, importBatch]) expect(await session.records(object.name).count()).toBe(0)
  })

  it('changes what is known by its key, leaves what is the same alone, and empties nothing that a cell leaves blank', async () => {
    const { session, importer } = await placeOn(engine)
    const known = await session.records(lead).create({ name: '旧名', phone: '13900000001', channel: '展会' })
    const same = await session.records(lead).create({ name: '同名', phone: '13900000002' })
    const files = [
      fileOf('leads.csv', leads, header, [
        ['新名', '139-0000-0001', ''],
        ['同名', '13900000002', ''],
      ]),
    ]
    const { job } = await importer.start(files)
    expect(await importer.run(job.id, files)).toMatchObject({ created: 0, updated: 1, unchanged: 1, nothingNew: false })
    expect(await session.records(lead).get(known.id)).toMatchObject({ name: '新名', channel: '展会', version: 2 })
    expect(await session.records(lead).get(same.id)).toMatchObject({ version: 1 })
    const { entries } = await session.records(lead).changes(known.id)
    expect(entries[0]).toMatchObject({ operation: 'update', cause: { kind: 'import', id: job.id } })
  })

  it('makes what a reference names and nobody has, once, where that was chosen; refuses it otherwise', async () => {
    const { session, importer } = await placeOn(engine)
    const contacts: ImportMapping = {
      object: 'contact',
      columns: [
        { column: 'name', field: 'name' },
        { column: 'company', field: 'customerId' },
      ],
    }
    const rows = [
      ['Ann', 'Acme'],
      ['Ben', 'Acme'],
      ['Cem', 'Beta'],
    ]
    const refused = await importer.dryRun([fileOf('contacts.csv', contacts, ['name', 'company'], rows)])
    expect(refused.rows.map(({ reasons }) => reasons[0]?.message['zh-CN'])).toEqual([
      '没有叫「Acme」的记录。',
      '没有叫「Acme」的记录。',
      '没有叫「Beta」的记录。',
    ])
    const files = [fileOf('contacts.csv', { ...contacts, references: { customerId: { missing: 'create' } } }, ['name', 'company'], rows)]
    const { job } = await importer.start(files)
    expect(await importer.run(job.id, files)).toMatchObject({ created: 3, refused: 0 })
    const { records } = await session.records(customer).find({ sort: ['name'] })
    expect(records.map(({ name }) => name)).toEqual(['Acme', 'Beta'])
    const left = [
      fileOf('more.csv', { ...contacts, references: { customerId: { missing: 'empty' } } }, ['name', 'company'], [['Dee', 'Gamma']]),
    ]
    const more = await importer.start(left)
    const result = await importer.run(more.job.id, left)
    expect(result.repairs).toMatchObject([
      { column: 'company', code: 'REFERENCE_EMPTIED', count: 1, examples: [{ row: 2, original: 'Gamma' }] },
    ])
    expect(await session.records('contact').count({ where: { customerId: { isNull: true } } })).toBe(1)
  })

  it('joins parents that come before, after, in another batch, and nowhere', async () => {
    const { session, importer } = await placeOn(engine)
    const rows = [
      ['A', 'Z', '1'],
      ['B', 'A', '2'],
      ['C', '', '3'],
      ['D', 'C', '4'],
      ['E', 'Nobody', '5'],
      ['Z', '', '6'],
    ]
    const files = [fileOf('companies.csv', companies, ['name', 'parent', 'employees'], rows)]
    const rehearsed = await importer.dryRun(files, { batchRows: 2 })
    expect(rehearsed.problems.map(({ row, outcome }) => [row, outcome])).toEqual([[6, 'incomplete']])
    const { job } = await importer.start(files)
    const result = await importer.run(job.id, files, { batchRows: 2 })
    expect(result).toMatchObject({ created: 6, refused: 0, waiting: 0 })
    const { records } = await session.records(customer).find({ sort: ['name'], expand: ['parentId'] })
    expect(records.map(({ name, related }) => [name, (related?.parentId as { name: string } | null)?.name ?? null])).toEqual([
      ['A', 'Z'],
      ['B', 'A'],
      ['C', null],
      ['D', 'C'],
      ['E', null],
      ['Z', null],
    ])
    const { records: left } = await session.records(importRow).find({ where: { jobId: job.id } })
    expect(left).toMatchObject([{ row: 6, state: 'incomplete' }])
  })

  it('attack:I11 stops within one batch when told to, and goes on from there in another process, doubling and losing nothing', async () => {
    const place = await placeOn(engine)
    const files = () => [fileOf('leads.csv', leads, header, people(1_000))]
    const { job } = await place.importer.start(files())
    const stop = new AbortController()
    let batches = 0
    const onProgress = () => void (++batches === 3 && stop.abort())
    expect(await place.importer.run(job.id, files(), { batchRows: 100, onProgress, signal: stop.signal })).toMatchObject({
      state: 'cancelled',
      rowsDone: 300,
    })
    expect(await place.session.records(lead).count()).toBe(300)
    const second = await place.another()
    expect(await second.importer.run(job.id, files(), { batchRows: 100 })).toMatchObject({ state: 'done', rowsDone: 1_000, created: 1_000 })
    expect(await second.session.records(lead).count()).toBe(1_000)
    const { records } = await second.session.records(importBatch).find({ where: { jobId: job.id }, sort: ['fromRow'], limit: 100 })
    const ids = records.flatMap((batch) => (JSON.parse(batch.records) as { created: string[] }).created)
    expect(new Set(ids).size).toBe(1_000)
  })

  it('attack:I11 stops when somebody cancels it from another process', async () => {
    const place = await placeOn(engine)
    const other = await place.another()
    const cancelled = Promise.withResolvers<void>()
    const table = tableOf(header, people(3_000))
    let asked = false
    async function* rows(): ReturnType<typeof table.rows> {
      for await (const some of table.rows()) {
        yield some
        if (asked) await cancelled.promise
      }
    }
    const files = [{ name: 'leads.csv', mapping: leads, open: async () => ({ ...table, rows }) }]
    const { job } = await place.importer.start(files)
    const onRows = (): void => {
      if (!asked) other.importer.cancel(job.id).then(cancelled.resolve, cancelled.reject)
      asked = true
    }
    const result = await place.importer.run(job.id, files, { batchRows: 20, onRows })
    expect(result.state).toBe('cancelled')
    expect(result.rowsDone).toBeLessThan(3_000)
    expect(await place.session.records(lead).count()).toBe(result.rowsDone)
  })

  it('attack:I11 is done when who cancels it comes while its end is written down', async () => {
    let cancel = async (): Promise<void> => {}
    let ends = 0
    const late = definePlugin({
      id: 'late',
      version: '1.0.0',
      core: '*',
      requires: { importing: '*' },
      setup(plugin) {
        plugin.hook(
          before(importJob, { id: 'cancel', on: ['update'], fields: ['state'], reads: ['state'] }, async ({ next }) => {
            if (next.state === 'done' && ++ends === 1) await cancel()
          }),
        )
      },
    })
    const place = await placeOn(engine, { plugins: [late()] })
    const other = await place.another()
    const files = [fileOf('leads.csv', leads, header, people(40))]
    const { job } = await place.importer.start(files)
    cancel = () => other.importer.cancel(job.id)
    expect(await place.importer.run(job.id, files)).toMatchObject({ state: 'done', created: 40 })
    expect(ends).toBe(2)
    expect(await other.session.records(importJob).get(job.id)).toMatchObject({ state: 'done' })
    expect(await place.session.records(lead).count()).toBe(40)
  })

  it('starts and runs at once, opening each file once, and adds nothing the second time', async () => {
    const { session, importer } = await placeOn(engine)
    let opened = 0
    const bytes = new TextEncoder().encode([header, ...people(40)].map((row) => row.join(',')).join('\n'))
    const open = (): ReturnType<typeof openTable> => {
      opened++
      return openTable({ bytes })
    }
    const files = [{ name: 'leads.csv', mapping: leads, open }]
    expect(await importer.import(files)).toMatchObject({ state: 'done', created: 40, nothingNew: false })
    expect(opened).toBe(1)
    expect(await importer.import(files)).toMatchObject({ state: 'done', nothingNew: true })
    expect(await session.records(lead).count()).toBe(40)
  })

  it('attack:I08 the same file started twice at once is one import, and each row comes in once', async () => {
    const place = await placeOn(engine)
    const other = await place.another()
    const unkeyed = { ...leads, key: undefined }
    const files = () => [fileOf('leads.csv', unkeyed, header, people(400))]
    const [first, second] = await Promise.all([place.importer.start(files()), other.importer.start(files())])
    expect(first.job.id).toBe(second.job.id)
    const runs = await Promise.allSettled([
      place.importer.run(first.job.id, files(), { batchRows: 50 }),
      other.importer.run(second.job.id, files(), { batchRows: 50 }),
    ])
    expect(runs.some(({ status }) => status === 'fulfilled')).toBe(true)
    expect(await place.session.records(lead).count()).toBe(400)
    const again = await place.importer.start(files())
    expect(again).toMatchObject({ repeated: true, job: { state: 'done' } })
    expect(await place.importer.run(again.job.id, files())).toMatchObject({ state: 'done', nothingNew: true })
    expect(await place.session.records(lead).count()).toBe(400)
    const anyway = await place.importer.start(files(), { again: true })
    await place.importer.run(anyway.job.id, files())
    expect(await place.session.records(lead).count()).toBe(800)
  })

  it('does not go on with a file that has changed since', async () => {
    const { importer } = await placeOn(engine)
    const stop = new AbortController()
    const files = [fileOf('leads.csv', leads, header, people(200))]
    const { job } = await importer.start(files)
    await importer.run(job.id, files, { batchRows: 50, onProgress: () => stop.abort(), signal: stop.signal })
    const changed = [
      fileOf(
        'leads.csv',
        leads,
        header,
        people(200).map((row, index) => (index === 10 ? ['别人', row[1] ?? '', ''] : row)),
      ),
    ]
    await expect(importer.run(job.id, changed)).rejects.toMatchObject({ code: 'IMPORT_FILE_CHANGED' })
    await expect(importer.run(job.id, [])).rejects.toMatchObject({ code: 'IMPORT_FILE_MISSING' })
    expect(await importer.run(job.id, files)).toMatchObject({ state: 'done', created: 200 })
  })

  it('attack:I07 one bad row among many: all or nothing writes nothing, skipping writes the others and names the line', async () => {
    const { session, importer } = await placeOn(engine)
    const rows = people(1_200).map((row, index) => (index === 700 ? ['坏行', '13900000700', '没有的来源'] : row))
    const files = [fileOf('leads.csv', leads, header, rows)]
    const whole = await importer.start(files, { name: 'whole' })
    await expect(importer.run(whole.job.id, files, { mode: 'all' })).rejects.toMatchObject({
      code: 'IMPORT_ROWS_REFUSED',
      params: { count: 1 },
    })
    expect(await session.records(lead).count()).toBe(0)
    expect(await session.records(importRow).count()).toBe(0)
    const results: RowResult[] = []
    const skipping = await importer.start(files)
    expect(skipping.repeated).toBe(true)
    await importer.run(skipping.job.id, files, { onRows: (part) => void results.push(...part) })
    expect(await session.records(lead).count()).toBe(1_199)
    expect(results.filter(({ outcome }) => outcome === 'refuse')).toMatchObject([
      { row: 702, reasons: [{ column: '来源', code: 'IMPORT_OPTION_UNKNOWN' }] },
    ])
  })

  it('finds the rows that the core itself refuses, whatever the reason, and writes the rest', async () => {
    const { session, importer } = await placeOn(engine)
    await session.records('product').create({ name: 'Old', sku: 'S-7' })
    const products: ImportMapping = {
      object: 'product',
      columns: [
        { column: 'name', field: 'name' },
        { column: 'sku', field: 'sku' },
      ],
    }
    const rows = Array.from({ length: 40 }, (_, index) => [index === 3 ? 'x'.repeat(201) : `Thing ${index}`, `S-${index}`])
    rows[9] = ['', 'S-9']
    rows[20] = ['Twice', 'S-19']
    const files = [fileOf('products.csv', products, ['name', 'sku'], rows)]
    const expected = [
      [5, 'VALUE_TOO_LONG', 'name'],
      [9, 'DUPLICATE_VALUE', 'sku'],
      [11, 'VALUE_REQUIRED', 'name'],
      [22, 'DUPLICATE_VALUE', 'sku'],
    ]
    const seen = (results: readonly RowResult[]) =>
      results.filter(({ outcome }) => outcome === 'refuse').map(({ row, reasons }) => [row, reasons[0]?.code, reasons[0]?.column])
    const rehearsed = await importer.dryRun(files, { batchRows: 15 })
    expect(seen(rehearsed.rows)).toEqual(expected)
    const results: RowResult[] = []
    const { job } = await importer.start(files)
    await importer.run(job.id, files, { batchRows: 15, onRows: (part) => void results.push(...part) })
    expect(seen(results)).toEqual(expected)
    expect(await session.records('product').count()).toBe(37)
  })

  it('gives bad rows back as a file with reasons in the reader’s language, and takes them corrected', async () => {
    const { session, importer } = await placeOn(engine)
    const files = [fileOf('线索.csv', leads, header, [...people(3), ['李雷', '1.38E+10', ''], ['韩梅', '13900001111', '火星']])]
    const { job } = await importer.start(files)
    await importer.run(job.id, files)
    const [bad] = await importer.badRows(job.id, 'zh-CN')
    const columns = (bad?.columns ?? []).map((name) => ({ name, type: 'text' }) as const)
    const chunks: Uint8Array[] = []
    for await (const chunk of writeCsv(columns, bad?.rows ?? [])) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    expect(text.split('\r\n').slice(0, 3)).toEqual([
      '\ufeff姓名,手机,来源,未导入原因',
      '李雷,1.38E+10,,手机: 「1.38E+10」已丢失数位。 在表格中把这一列设为文本后重新填写。',
      '韩梅,13900001111,火星,来源: 「火星」不是可选项。 为它指定一个选项，一次适用于所有行。',
    ])
    const corrected = text.replace('1.38E+10,', '13800138000,').replace('火星,', '官网,')
    const again = { name: '改正.csv', mapping: leads, open: () => openTable({ bytes: new TextEncoder().encode(corrected) }) }
    const second = await importer.start([again])
    expect(await importer.run(second.job.id, [again])).toMatchObject({ created: 2, refused: 0 })
    expect(await session.records(lead).count()).toBe(5)
    const [english] = await importer.badRows(job.id, 'en')
    expect(english?.columns.at(-1)).toBe('Why it was not imported')
  })

  it('dates what was true last year to last year, and refuses a history that cannot have been', async () => {
    const { session, importer } = await placeOn(engine)
    const mapping: ImportMapping = {
      object: 'customer',
      columns: [{ column: 'name', field: 'name' }],
      key: ['name'],
      zone: 'UTC',
      history: {
        createdAt: 'since',
        start: { scale: 'smb' },
        stages: [
          { at: 'grown', set: { scale: { value: 'ka' }, employees: { column: 'people' } } },
          { at: 'signed', set: { signedAt: { column: 'signed' } } },
        ],
      },
    }
    const columns = ['name', 'since', 'grown', 'signed', 'people']
    const rows = [
      ['Acme', '2024-01-05', '2024-09-01', '2024-03-01', '500'],
      ['Beta', '2024-02-01', '', '', ''],
      ['Gamma', '2024-05-01', '2024-04-01', '', '5'],
      ['Delta', '2999-01-01', '', '', ''],
    ]
    const files = [fileOf('history.csv', mapping, columns, rows)]
    const { job } = await importer.start(files)
    const results: RowResult[] = []
    await importer.run(job.id, files, { onRows: (part) => void results.push(...part) })
    expect(results.map(({ outcome, reasons }) => [outcome, reasons[0]?.code])).toEqual([
      ['create', undefined],
      ['create', undefined],
      ['refuse', 'IMPORT_HISTORY_ORDER'],
      ['refuse', 'IMPORT_HISTORY_FUTURE'],
    ])
    const { records } = await session.records(customer).find({ where: { name: 'Acme' } })
    expect(records).toMatchObject([{ scale: 'ka', employees: 500, signedAt: Date.UTC(2024, 2, 1), createdAt: Date.UTC(2024, 0, 5) }])
    const { entries } = await session.records(customer).changes(records[0]?.id ?? '')
    expect(entries.map(({ at, values }) => [new Date(at).toISOString().slice(0, 10), values?.scale ?? values?.signedAt])).toEqual([
      ['2024-09-01', ['smb', 'ka']],
      ['2024-03-01', [null, Date.UTC(2024, 2, 1)]],
      ['2024-01-05', [null, 'smb']],
    ])
  })

  it('attack:I06 asks for rights as every other door does', async () => {
    const access = {
      rep: { lead: { read: 'own', create: 'all', update: 'own' }, import_job: '*', import_row: '*', import_batch: '*' },
      clerk: { lead: ['read'], import_job: ['read', 'create'] },
    } as const
    const rep = await placeOn(engine, { access, identity: { id: 'rep', roles: ['rep'], tenant: 'test' } })
    await rep.crm
      .as({ ...admin, kind: 'system' })
      .records(lead)
      .create({ name: '别人的', phone: '13900000001', ownerId: 'other' })
    const files = [fileOf('leads.csv', leads, header, [['新来的', '13900000001', '']])]
    const { job } = await rep.importer.start(files)
    // It may not see the other's lead, so it is not told of it either: the row is new to it.
    expect(await rep.importer.run(job.id, files)).toMatchObject({ created: 1, updated: 0 })
    const dated = [fileOf('leads.csv', { ...leads, history: { createdAt: '姓名' } }, header, people(1))]
    await expect(rep.importer.start(dated)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const team = [fileOf('people.csv', { object: '@people', columns: [{ column: '姓名', field: 'name' }] }, header, people(1))]
    const clerk = createImporter(rep.crm, { id: 'clerk', roles: ['clerk'], tenant: 'test' })
    await expect(clerk.start(files)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(clerk.dryRun(team)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('keeps a mapping for the next file of its kind', async () => {
    const { importer } = await placeOn(engine)
    await importer.mappings.save('线索表', leads)
    await importer.mappings.save('线索表', { ...leads, zone: 'UTC' })
    expect(await importer.mappings.list('lead', header)).toEqual([{ name: '线索表', mapping: { ...leads, zone: 'UTC' } }])
    expect(await importer.mappings.list('lead', ['姓名'])).toEqual([])
  })

  it('stops when nearly everything is refused, because then the mapping is wrong', async () => {
    const { session, importer } = await placeOn(engine)
    const files = [
      fileOf(
        'leads.csv',
        leads,
        header,
        Array.from({ length: 300 }, () => ['x', 'y', '']),
      ),
    ]
    const { job } = await importer.start(files)
    await expect(importer.run(job.id, files, { batchRows: 50, mostRefused: 100 })).rejects.toMatchObject({
      code: 'IMPORT_TOO_MANY_REFUSED',
    })
    expect(await session.records(importJob).get(job.id)).toMatchObject({ state: 'stopped', refused: 150 })
  })
})
