import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Crm, createCrm } from '@guanxi/core'
import { importing } from '../import/plugin.ts'
import { postgres } from '../store/postgres.ts'
import { sqlite } from '../store/sqlite.ts'
import { UsageError } from './usage-error.ts'

/** Where the data is. */
export interface WhereToOpen {
  readonly app?: string
  readonly database?: string
}

/** The CRM to work on: the host's own, or one with the standard objects on the database named. */
export async function openCrm({ app, database }: WhereToOpen): Promise<Crm<never>> {
  const crm = app === undefined ? onDatabase(database) : await ofApp(app)
  await crm.open()
  return crm
}

function onDatabase(database: string | undefined): Crm<never> {
  if (database === undefined) throw new UsageError('noDatabase')
  const store = /^postgres(?:ql)?:\/\//.test(database) ? postgres(database) : sqlite(database)
  return createCrm({ store, plugins: [importing()] })
}

async function ofApp(file: string): Promise<Crm<never>> {
  const module = (await import(pathToFileURL(resolve(file)).href)) as Readonly<Record<string, unknown>>
  const crm = module.crm ?? module.default
  if (typeof crm !== 'object' || crm === null || !('as' in crm)) throw new UsageError('badApp', { file })
  return crm as Crm<never>
}
