import { createImporter, type DryRunResult, type JobResult } from '@guanxi/adapters/import'
import type { Crm, Session } from '@guanxi/core'
import { customer, deal, stage } from '@guanxi/core/standard'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mavenFolder, readMaven } from '../../maven/maven-data.ts'
import type { Database, Engine } from '../../support/engines.ts'
import { daysToClose, dealsByStage, stageNames, stagesAsOf, wonByAgent, wonByProduct, wonByTeam } from './figures.ts'
import { admin, mavenFiles, mavenIsThere, readyCrm } from './setting.ts'

if (!mavenIsThere) process.stderr.write(`\nThe Maven import: SKIPPED, because ${mavenFolder} is absent; nothing of it was checked.\n`)

/** The whole pipeline through the importer, and its figures. The daily tests take one database, the long suites the other. */
export function mavenImported(engine: Engine): void {
  describe.skipIf(!mavenIsThere)(`the Maven pipeline, imported on ${engine.name}`, () => {
    let database: Database
    let crm: Crm
    let session: Session
    let rehearsed: DryRunResult
    let result: JobResult

    beforeAll(async () => {
      database = await engine.create()
      crm = await readyCrm(database)
      session = crm.as(admin)
      const importer = createImporter(crm, admin)
      rehearsed = await importer.dryRun(mavenFiles())
      expect(await session.records(deal).count()).toBe(0)
      expect(await session.directory.people()).toEqual([])
      const { job } = await importer.start(mavenFiles())
      result = await importer.run(job.id, mavenFiles())
    }, 400_000)

    afterAll(async () => {
      await crm?.close()
      await database?.drop()
    })

    it('comes in whole, as the rehearsal had said, its misspelt names put right and counted', () => {
      expect(rehearsed).toMatchObject({ created: 8927, updated: 0, refused: 0, problems: [] })
      expect(result).toMatchObject({ state: 'done', rowsTotal: 8927, created: 8927, refused: 0, waiting: 0 })
      expect(result.repairs.map(({ column, code, count }) => [column, code, count])).toEqual(
        expect.arrayContaining([
          ['product', 'VALUE_MAPPED', 1480],
          ['sector', 'VALUE_MAPPED', 12],
          ['office_location', 'VALUE_MAPPED', 1],
        ]),
      )
    })

    it('has the stages, the won value and the win rate of its README', async () => {
      expect(await dealsByStage(session)).toEqual({ Won: 4238, Lost: 2473, Engaging: 1589, Prospecting: 500 })
      const won = await session.records(deal).aggregate({ where: { status: 'won' }, measures: ['count', 'sum:amount'] })
      expect(won).toMatchObject([{ group: { currency: 'USD' }, values: { count: 4238, 'sum:amount': 1_000_553_400 } }])
      expect((100 * 4238) / (4238 + 2473)).toBeCloseTo(63.1501, 4)
      const open = await session.records(deal).count({ where: { status: 'open', amount: { isNull: false } } })
      expect(open).toBe(0)
    })

    it('has its agents, managers and offices, the five idle agents among them', async () => {
      const agents = await wonByAgent(session)
      expect(agents.get('Darcel Schlecht')).toMatchObject({ dollars: 1_153_214, won: 349 })
      expect(agents.get('Vicki Laflamme')).toMatchObject({ dollars: 478_396, won: 221 })
      expect(agents.get('Violet Mclelland')).toMatchObject({ dollars: 123_431, won: 122 })
      const { won = 0, lost = 0 } = agents.get('Hayden Neloms') ?? {}
      expect((100 * won) / (won + lost)).toBeCloseTo(70.3947, 4)
      const people = await session.directory.people({ limit: 1000 })
      expect(people.filter(({ roles }) => !roles.includes('manager'))).toHaveLength(35)
      expect(people.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['Carl Lin', 'Carol Thompson', 'Elizabeth Anderson', 'Mei-Mei Johns', 'Natalya Ivanova']),
      )
      expect(await wonByTeam(session)).toMatchObject({
        managers: {
          'Melvin Marxen': 2_251_930,
          'Summer Sewald': 1_964_750,
          'Rocco Neubert': 1_960_545,
          'Celia Rouche': 1_603_897,
          'Cara Losch': 1_130_049,
          'Dustin Brinkmann': 1_094_363,
        },
        offices: { West: 3_568_647, Central: 3_346_293, East: 3_090_594 },
      })
    })

    it('has its quarters and products', async () => {
      const quarters = [
        ['2017-01-01', '2017-03-31', 531, 1_134_672],
        ['2017-04-01', '2017-06-30', 1254, 3_086_111],
        ['2017-07-01', '2017-09-30', 1257, 2_982_255],
        ['2017-10-01', '2017-12-31', 1196, 2_802_496],
      ] as const
      for (const [from, to, count, dollars] of quarters) {
        const where = { status: 'won', closeDate: { gte: from, lte: to } } as const
        const rows = await session.records(deal).aggregate({ where, measures: ['count', 'sum:amount'] })
        expect(rows).toMatchObject([{ values: { count, 'sum:amount': dollars * 100 } }])
      }
      expect(await wonByProduct(session)).toEqual({
        'GTX Pro': 3_510_578,
        'GTX Plus Pro': 2_629_651,
        'MG Advanced': 2_216_387,
        'GTX Plus Basic': 705_275,
        'GTX Basic': 499_263,
        'GTK 500': 400_612,
        'MG Special': 43_768,
      })
    })

    it('leaves nothing out and guesses nothing: subsidiaries, deals without account, misspelt places', async () => {
      expect(await session.records(customer).count({ where: { parentId: { isNull: false } } })).toBe(15)
      expect(await session.records(deal).count({ where: { customerId: { isNull: true } } })).toBe(1425)
      expect(await session.records(deal).count({ where: { 'custom.engagedOn': { isNull: true } } })).toBe(500)
      expect(await session.records(customer).count({ where: { industry: 'technology' } })).toBe(12)
      const { records } = await session.records(customer).find({ where: { name: 'Acme Corporation' } })
      expect(records).toMatchObject([{ annualRevenue: { minor: 110_004_000_000, currency: 'USD' }, foundedYear: 1996 }])
    })

    it('took as many days to close as its README says', async () => {
      const won = await daysToClose(session, 'won')
      const lost = await daysToClose(session, 'lost')
      const mean = (days: readonly number[]): number => days.reduce((sum, each) => sum + each, 0) / days.length
      expect(mean(won)).toBeCloseTo(51.782, 3)
      expect([won[0], won[2118], won[2119], won.at(-1)]).toEqual([1, 57, 57, 138])
      expect(mean(lost)).toBeCloseTo(41.4792, 4)
      expect(lost[1236]).toBe(14)
    })

    it('was at each deal’s stage in the middle of 2017, says the change log', async () => {
      const end = '2017-06-30'
      const expected: Record<string, number> = {}
      for (const row of readMaven()?.pipeline ?? []) {
        if (!row.engage_date || row.engage_date > end) continue
        const name = row.close_date && row.close_date <= end ? `${row.deal_stage}` : 'Engaging'
        expected[name] = (expected[name] ?? 0) + 1
      }
      expect(await stagesAsOf(session, Date.parse(`${end}T23:59:59Z`))).toEqual(expected)
    }, 120_000)

    it('tells the past of a deal: made at its first day, won at its last, because of the import', async () => {
      const { records } = await session.records(deal).find({ where: { 'custom.opportunityId': '1C1I7A6R' } })
      const [found] = records
      const { entries } = await session.records(deal).changes(found?.id ?? '')
      const names = await stageNames(session)
      const told = entries.map(({ at, operation, values, cause }) => [
        new Date(at).toISOString(),
        operation,
        names.get(String(values?.stageId?.[1])),
        cause,
      ])
      const cause = { kind: 'import', id: result.jobId }
      expect(told).toEqual([
        ['2017-03-01T00:00:00.000Z', 'update', 'Won', cause],
        ['2016-10-20T00:00:00.000Z', 'create', 'Engaging', cause],
      ])
      expect(found).toMatchObject({ name: 'Cancity · GTX Plus Basic', closedAt: Date.parse('2017-03-01'), amount: { minor: 105_400 } })
      expect(await session.records(stage).count()).toBe(10)
    })

    it('adds nothing when the same files come again, and says so', async () => {
      const importer = createImporter(crm, admin)
      const { job, repeated } = await importer.start(mavenFiles())
      expect(repeated).toBe(false)
      const again = await importer.run(job.id, mavenFiles())
      expect(again).toMatchObject({ state: 'done', created: 0, updated: 0, unchanged: 8927, refused: 0, nothingNew: true })
      expect(await session.records(deal).count()).toBe(8800)
    }, 120_000)
  })
}
