import { fileURLToPath } from 'node:url'
import { createImporter, type ImportFile, type ImportMapping, openTable } from '@guanxi/adapters/import'
import type { Crm, Identity } from '@guanxi/core'

const companies: ImportMapping = {
  object: 'customer',
  columns: [
    { column: '客户名称', field: 'name' },
    { column: '区域', field: 'region' },
    { column: '负责人', field: 'ownerId' },
    { column: '电话', field: 'phone' },
    { column: '网站', field: 'website' },
    { column: '备注', field: 'description' },
  ],
  key: ['name'],
}

/** A deal began, was quoted and ended on days of its own: the history says so, and figures of last year are those of last year. */
const deals: ImportMapping = {
  object: 'deal',
  columns: [
    { column: '商机', field: 'name' },
    { column: '客户名称', field: 'customerId' },
    { column: '阶段', field: 'stageId' },
    { column: '金额', field: 'amount', options: { currency: 'CNY' } },
    { column: '负责人', field: 'ownerId' },
  ],
  key: ['name'],
  values: { lostReason: { 预算取消: '没有预算', 联系不上: '失去联系', 项目推迟: '搁置' } },
  references: { stageId: { where: { pipelineId: '标准销售' } } },
  history: {
    createdAt: '开始日期',
    start: { stageId: '初步接触' },
    stages: [
      { at: '报价日期', set: { stageId: { value: '方案报价' } } },
      { at: '结束日期', set: { stageId: { column: '阶段' }, lostReason: { column: '输单原因' } } },
    ],
  },
}

function file(name: string, mapping: ImportMapping): ImportFile {
  const path = fileURLToPath(new URL(`../sample/${name}`, import.meta.url))
  return { name, mapping, open: () => openTable({ path }) }
}

const files: readonly ImportFile[] = [file('companies.csv', companies), file('deals.csv', deals)]

/** Brings in a small pipeline as a company would that comes from Excel. A second time it adds nothing. */
export async function loadSample(crm: Crm<never>, identity: Identity): Promise<void> {
  await createImporter(crm, identity).import(files, { name: '示例管道 Sample pipeline' })
}
