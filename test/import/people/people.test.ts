import type { ImportMapping } from '@guanxi/adapters/import'
import { lead } from '@guanxi/core/standard'
import { describe, expect, it } from 'vitest'
import { engines } from '../../support/engines.ts'
import { type Place, placeOn } from '../engine/setting.ts'
import { fileOf } from '../support/files.ts'

const columns = ['姓名', '邮箱', '经理', '大区']
const staff: ImportMapping = {
  object: '@people',
  columns: [
    { column: '姓名', field: 'name' },
    { column: '邮箱', field: 'email' },
    { column: '经理', field: 'manager' },
    { column: '大区', field: 'parentTeam' },
  ],
}
const rows = [
  ['张三', 'zhang@example.com', '王经理', '华东'],
  ['李四', '', '王经理', '华东'],
  ['Ann Lee', 'ann@example.com', '赵经理', '华南'],
]

async function bring({ importer }: Place, given: string[][]) {
  const files = [fileOf('staff.csv', staff, columns, given)]
  const { job } = await importer.start(files)
  return importer.run(job.id, files)
}

describe.each(engines)('people imported on $name', (engine) => {
  it('have their teams, their managers, and the teams above', async () => {
    const place = await placeOn(engine)
    expect(await bring(place, rows)).toMatchObject({ created: 3, refused: 0 })
    const people = await place.session.directory.people()
    const teams = new Map((await place.session.directory.teams()).map((team) => [team.id, team]))
    const told = people.map(({ name, teamIds }) => [
      name,
      teams.get(teamIds[0] ?? '')?.name,
      teams.get(teams.get(teamIds[0] ?? '')?.parentId ?? '')?.name,
    ])
    expect(new Set(told.map((each) => each.join(' ')))).toEqual(
      new Set(['张三 王经理 华东', '李四 王经理 华东', '王经理 王经理 华东', 'Ann Lee 赵经理 华南', '赵经理 赵经理 华南']),
    )
  })

  it('are the same people the second time, and change where the file says so', async () => {
    const place = await placeOn(engine)
    await bring(place, rows)
    expect(await bring(place, rows)).toMatchObject({ created: 0, updated: 0, unchanged: 3, nothingNew: true })
    const renamed = rows.map((row) => (row[0] === 'Ann Lee' ? ['Ann Smith', 'ann@example.com', '王经理', '华东'] : row))
    expect(await bring(place, renamed)).toMatchObject({ created: 0, updated: 1, unchanged: 2 })
    const [ann] = await place.session.directory.people({ search: 'ann@example.com' })
    expect(ann).toMatchObject({ id: 'ann-lee', name: 'Ann Smith' })
  })

  it('two of one name are not taken for one', async () => {
    const place = await placeOn(engine)
    const result = await bring(place, [
      ['张三', '', '', ''],
      ['张三', '', '', ''],
    ])
    expect(result).toMatchObject({ created: 1, refused: 1 })
    await place.crm.directory.put({ tenant: 'test', people: [{ id: 'other', name: '张三' }] })
    expect(await bring(place, [['张三', '', '', '']])).toMatchObject({ created: 0, refused: 1 })
  })

  it('come before the records that name them, and can be named by id, address or name', async () => {
    const place = await placeOn(engine)
    const leads: ImportMapping = {
      object: 'lead',
      columns: [
        { column: 'name', field: 'name' },
        { column: 'owner', field: 'ownerId' },
      ],
    }
    const given = [
      ['a', '张三'],
      ['b', 'zhang@example.com'],
      ['c', 'ann lee'],
      ['d', 'Anna Lee'],
      ['e', ''],
      ['f', '王经理'],
    ]
    const files = [fileOf('leads.csv', leads, ['name', 'owner'], given), fileOf('staff.csv', staff, columns, rows)]
    const rehearsed = await place.importer.dryRun(files)
    expect(await place.session.directory.people()).toEqual([])
    expect(rehearsed.problems.map(({ file, row, reasons }) => [file, row, reasons[0]?.message.en])).toEqual([
      ['leads.csv', 5, 'There is no record called “Anna Lee”. Is it “Ann Lee”?'],
    ])
    const { job } = await place.importer.start(files)
    expect(await place.importer.run(job.id, files)).toMatchObject({ created: 8, refused: 1 })
    const { records } = await place.session.records(lead).find({ sort: ['name'] })
    expect(records.map(({ name, ownerId }) => [name, ownerId])).toEqual([
      ['a', '张三'],
      ['b', '张三'],
      ['c', 'ann-lee'],
      ['e', null],
      ['f', '王经理'],
    ])
  })
})
