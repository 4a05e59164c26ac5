import { existsSync } from 'node:fs'
import { importing } from '@guanxi/adapters/import'
import { type Crm, createCrm, type Identity, type Session } from '@guanxi/core'
import { pipeline, type Stage, stage } from '@guanxi/core/standard'
import { mavenFolder } from '../../maven/maven-data.ts'
import type { Database } from '../../support/engines.ts'
import { fileAt } from '../support/files.ts'
import * as mappings from './mappings.ts'

export const admin: Identity = { id: 'importer', kind: 'integration', name: 'Importer', roles: ['admin'], tenant: 'maven', locale: 'en' }

export const mavenIsThere = existsSync(`${mavenFolder}sales_pipeline.csv`)

const stages: readonly (Pick<Stage, 'name' | 'probability' | 'forecastCategory' | 'outcome'> & { nameEn: string })[] = [
  { name: '探询', nameEn: 'Prospecting', probability: 10, forecastCategory: 'pipeline', outcome: 'open' },
  { name: '洽谈', nameEn: 'Engaging', probability: 40, forecastCategory: 'pipeline', outcome: 'open' },
  { name: '赢单', nameEn: 'Won', probability: 100, forecastCategory: 'closed', outcome: 'won' },
  { name: '输单', nameEn: 'Lost', probability: 0, forecastCategory: 'omitted', outcome: 'lost' },
]

/** The four files, in no particular order. */
export function mavenFiles() {
  return [
    fileAt(`${mavenFolder}sales_pipeline.csv`, mappings.pipeline),
    fileAt(`${mavenFolder}accounts.csv`, mappings.accounts),
    fileAt(`${mavenFolder}products.csv`, mappings.products),
    fileAt(`${mavenFolder}sales_teams.csv`, mappings.people),
  ]
}

/** A CRM that an administrator has got ready: the seller's own stages, two fields of its own. */
export async function readyCrm(database: Database, identify?: () => Identity): Promise<Crm> {
  const crm = createCrm({ store: database.store(), plugins: [importing()], identify })
  await crm.open()
  const session = crm.as(admin)
  await addPipeline(session)
  await session.definitions.addField('deal', 'engagedOn', { format: 'date', label: { 'zh-CN': '接洽日期', en: 'Engage date' } })
  await session.definitions.addField('deal', 'opportunityId', { type: 'string', label: { 'zh-CN': '原编号', en: 'Opportunity id' } })
  return crm
}

async function addPipeline(session: Session): Promise<void> {
  const { id } = await session.records(pipeline).create({ name: 'Maven', nameEn: 'Maven', order: 2 })
  await session.records(stage).createMany(stages.map((each, index) => ({ ...each, pipelineId: id, order: index + 1 })))
}
