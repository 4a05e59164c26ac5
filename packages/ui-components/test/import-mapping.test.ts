import { describe, expect, it } from 'vitest'
import type { ImportMapping } from '../src/client/import-types.ts'
import {
  columnOfField,
  fieldOfColumn,
  fitted,
  mapValue,
  setColumnOption,
  setDefault,
  setField,
  setGeneral,
  setHistory,
  setReference,
  setStage,
  setStart,
  setTemplate,
  toggleKey,
} from '../src/import/mapping-edits.ts'
import { guessTarget, importableFields, targetsFor } from '../src/import/targets.ts'
import { definitions } from './support/definitions.ts'

const start: ImportMapping = {
  object: 'customer',
  columns: [
    { column: '名称', field: 'name' },
    { column: '行业', field: 'industry' },
  ],
  key: ['name'],
  values: { industry: { 软件业: 'software' } },
}

describe('Editing a mapping', () => {
  it('gives a field one column: the one it had loses it', () => {
    const next = setField(start, '公司', 'name')
    expect(columnOfField(next, 'name')).toBe('公司')
    expect(fieldOfColumn(next, '名称')).toBe(null)
    expect(next.key).toEqual(['name'])
  })

  it('forgets the key, the values and the rule of a field that no column fills any more', () => {
    const next = setField(setReference(start, 'industry', { missing: 'empty' }), '行业', null)
    expect(next).toEqual({ object: 'customer', columns: [{ column: '名称', field: 'name' }], key: ['name'] })
    expect(setField(start, '名称', null).key).toBeUndefined()
  })

  it('leaves nothing behind when what was set is taken back', () => {
    const changed = [
      (mapping: ImportMapping) => setColumnOption(setColumnOption(mapping, '名称', 'currency', 'USD'), '名称', 'currency', undefined),
      (mapping: ImportMapping) => mapValue(mapValue(mapping, 'name', 'a', 'b'), 'name', 'a', undefined),
      (mapping: ImportMapping) => setReference(setReference(mapping, 'x', { missing: 'create' }), 'x', { missing: undefined }),
      (mapping: ImportMapping) => setDefault(setDefault(mapping, 'x', 1), 'x', undefined),
      (mapping: ImportMapping) => setTemplate(setTemplate(mapping, 'x', '{a}'), 'x', undefined),
      (mapping: ImportMapping) => setGeneral(setGeneral(mapping, 'blank', 'clear'), 'blank', undefined),
      (mapping: ImportMapping) => setHistory(setHistory(mapping, { createdAt: 'a' }), { createdAt: undefined }),
      (mapping: ImportMapping) => setStart(setStart(mapping, 'x', 'a'), 'x', undefined),
      (mapping: ImportMapping) => setStage(setStage(mapping, 0, { at: 'a', set: {} }), 0, undefined),
      (mapping: ImportMapping) => toggleKey(toggleKey(mapping, 'industry'), 'industry'),
    ]
    for (const change of changed) expect(change(start)).toEqual(start)
  })

  it('keeps moments of the history in their places', () => {
    const two = setStage(setStage(start, 0, { at: 'a', set: {} }), 1, { at: 'b', set: {} })
    expect(setStage(two, 0, { at: 'c', set: {} }).history?.stages?.map(({ at }) => at)).toEqual(['c', 'b'])
    expect(setStage(two, 0, undefined).history?.stages?.map(({ at }) => at)).toEqual(['b'])
  })

  it('takes of a saved mapping what the file has, and says what it lacks', () => {
    const { mapping, missing } = fitted(start, ['名称', '电话'])
    expect(missing).toEqual(['行业'])
    expect(mapping).toEqual({ object: 'customer', columns: [{ column: '名称', field: 'name' }], key: ['name'] })
  })
})

describe('Targets', () => {
  const me = (permissions: Record<string, string[]>) => ({ identity: { id: 'u' }, permissions })

  it('are the objects one may add to; people for those who may define', () => {
    const all = targetsFor(definitions, me({ import_job: ['create', 'define'] }))
    expect(all.map(({ name }) => name)).toContain('@people')
    const closed = definitions.map((one) => ({ ...one, permissions: one.name === 'deal' ? ['read', 'create'] : ['read'] }))
    expect(targetsFor(closed, me({ import_job: ['create'] })).map(({ name }) => name)).toEqual(['deal'])
  })

  it('are guessed from the name of a file in both languages, and not where nothing tells', () => {
    const targets = targetsFor(definitions, me({ import_job: ['create', 'define'] }))
    const guesses = ['客户名单 2025.xlsx', 'sales_pipeline.csv', 'accounts.csv', 'sales_teams.csv', '产品.csv', 'export (3).csv']
    expect(guesses.map((name) => guessTarget(name, targets))).toEqual(['customer', 'deal', 'customer', '@people', 'product', null])
  })

  it('offer no field that only the system writes, except who owns the record and the id of what was exported', () => {
    const deal = definitions.find(({ name }) => name === 'deal')
    const names = deal ? importableFields(deal).map(({ name }) => name) : []
    expect(names).toEqual(expect.arrayContaining(['ownerId', 'id']))
    for (const name of ['version', 'createdAt', 'status']) expect(names).not.toContain(name)
  })
})
