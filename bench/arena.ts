import type { Engine } from './bars.ts'
import type { Contender } from './contender.ts'
import { guanxi } from './contenders/guanxi.ts'
import { guanxiHttp } from './contenders/guanxi-http.ts'
import { knexPostgres, knexSqlite } from './contenders/plain-knex.ts'
import { rawPostgres } from './contenders/raw-postgres.ts'
import { rawRowsPostgres, rawRowsSqlite } from './contenders/raw-rows.ts'
import { rawSqlite } from './contenders/raw-sqlite.ts'
import { openSqlite, type SqliteDriver } from './contenders/sqlite-connection.ts'
import { openServer, type Place, temporaryFolder } from './database.ts'
import { installedVersion } from './machine.ts'
import { type OpenCrm, openCrm } from './open-crm.ts'
import { seller } from './people.ts'
import { proveWork } from './proof.ts'
import { leadSubject } from './standard-lead.ts'
import { benchSubject } from './subject.ts'

/** An engine with all its contenders in place. */
export interface Arena {
  readonly contenders: readonly Contender[]
  readonly versions: string
  /** Called between filling the tables and the first round. */
  ready(): Promise<void>
  close(): Promise<void>
}

/** Opens an engine; every contender has a table, and every Guanxi a database, of its own. */
export function openArena(engine: Engine): Promise<Arena> {
  return engine === 'postgres' ? postgresArena() : sqliteArena(engine)
}

async function postgresArena(): Promise<Arena> {
  const server = await openServer()
  const bare = await server.database('bare')
  const place: Place = { engine: 'postgres', url: await server.database('guanxi') }
  const one = await openCrm(place)
  const eight = await openCrm(place, 8)
  const overHttp: Place = { engine: 'postgres', url: await server.database('http') }
  const contenders = [
    ...(await rawPostgres(bare)),
    await rawRowsPostgres(await server.database('rows')),
    await knexPostgres(bare),
    ...(await inProcess(one, eight)),
    await guanxiHttp(benchSubject, overHttp),
  ]
  return {
    contenders,
    versions: `PostgreSQL ${await server.version()}, pg ${await installedVersion('pg')}`,
    ready: () => server.analyse(),
    async close() {
      for (const contender of contenders) await contender.close()
      await eight.crm.close()
      await one.crm.close()
      await server.close()
    },
  }
}

async function sqliteArena(driver: SqliteDriver): Promise<Arena> {
  const folder = await temporaryFolder()
  const crm = await openCrm({ engine: 'sqlite', driver, file: folder.file('guanxi') })
  const contenders = [
    await rawSqlite(driver, folder.file('raw')),
    await rawRowsSqlite(driver, folder.file('rows')),
    await knexSqlite(driver, folder.file('knex')),
    ...(await inProcess(crm)),
    await guanxiHttp(benchSubject, { engine: 'sqlite', driver, file: folder.file('http') }),
  ]
  return {
    contenders,
    versions: `SQLite ${await sqliteVersion(driver)}, ${driver} ${await installedVersion(driver)}`,
    ready: async () => {},
    async close() {
      for (const contender of contenders) await contender.close()
      await crm.crm.close()
      await folder.remove()
    },
  }
}

async function inProcess(one: OpenCrm, eight?: OpenCrm): Promise<Contender[]> {
  await proveWork(one.crm)
  const usage = (): ReturnType<OpenCrm['usage']> => {
    const own = one.usage()
    return { cpu: own.cpu, statements: own.statements + (eight?.usage().statements ?? 0) }
  }
  const shared = { usage, session: one.crm.as(seller), many: eight?.crm.as(seller) }
  return [
    guanxi(benchSubject, { ...shared, name: 'Guanxi, in process', role: 'judged', crm: one.crm }),
    guanxi(leadSubject, { ...shared, name: 'Guanxi, standard lead', role: 'other' }),
  ]
}

async function sqliteVersion(driver: SqliteDriver): Promise<string> {
  const connection = await openSqlite(driver, ':memory:')
  const [row] = (await (await connection.prepare('select sqlite_version() as version')).all([])) as { version: string }[]
  await connection.close()
  return row?.version ?? 'unknown'
}
