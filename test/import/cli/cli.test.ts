import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { importing } from '@guanxi/adapters/import'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'
import { customer, deal, stage } from '@guanxi/core/standard'
import { afterEach, beforeEach, expect, it } from 'vitest'

const bin = fileURLToPath(new URL('../../../packages/adapters/src/cli/guanxi.ts', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guanxi-cli-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)

/** The command as somebody types it. */
async function guanxi(lang: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, LANG: lang, LC_ALL: '', LC_MESSAGES: '' }
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--conditions=source', bin, ...args], { env, cwd: folder })
    return { code: 0, out: stdout, err: stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, out: stdout, err: stderr }
  }
}

const mappings = {
  files: {
    'companies.csv': {
      object: 'customer',
      columns: [
        { column: '公司', field: 'name' },
        { column: '行业', field: 'industry' },
      ],
      key: ['name'],
    },
    'deals.csv': {
      object: 'deal',
      columns: [
        { column: '商机', field: 'name' },
        { column: '公司', field: 'customerId' },
        { column: '金额', field: 'amount', options: { currency: 'CNY' } },
      ],
      key: ['name'],
      references: { stageId: { where: { pipelineId: '标准销售' } } },
      history: {
        createdAt: '开始',
        start: { stageId: '初步接触' },
        stages: [{ at: '成交', set: { stageId: { value: '赢单' } } }],
      },
    },
  },
}

async function writeFiles(): Promise<void> {
  await writeFile(at('companies.csv'), '公司,行业\n蓝海,科技\n红山,外星\n')
  await writeFile(at('deals.csv'), '商机,公司,金额,开始,成交\n一号,蓝海,3.5万,2025-01-06,2025-03-01\n二号,蓝海,100,2025-02-01,\n')
  await writeFile(at('mapping.json'), JSON.stringify(mappings))
}

it('explains itself in the reader’s language', async () => {
  expect(await guanxi('zh_CN.UTF-8', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('用法：guanxi import') })
  expect(await guanxi('en_GB.UTF-8', 'import', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage: guanxi import') })
  expect(await guanxi('zh_CN.UTF-8', 'import', 'x.csv')).toMatchObject({ code: 1, err: expect.stringContaining('请用 --database') })
  expect(await guanxi('C', 'report')).toMatchObject({ code: 1, err: 'There is no command “report”.\n' })
})

it('looks at a file, guesses, asks, and imports nothing without a mapping', async () => {
  await writeFiles()
  const { code, out, err } = await guanxi('en', 'import', 'companies.csv', '--object', 'customer', '--database', at('crm.db'))
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    files: { 'companies.csv': { object: 'customer', columns: [{ field: 'name' }, { field: 'industry' }] } },
  })
  expect(err).toContain('To decide: column “行业” has values that are no option: 外星 (1)')
})

it('rehearses, imports with history, gives bad rows back, and does nothing the second time', async () => {
  await writeFiles()
  const command = [
    'import',
    'deals.csv',
    'companies.csv',
    '--mapping',
    'mapping.json',
    '--database',
    at('crm.db'),
    '--tenant',
    'acme',
    '--history',
  ]
  const rehearsed = await guanxi('zh_CN', ...command, '--dry-run')
  expect(rehearsed).toMatchObject({ code: 2, out: expect.stringContaining('试算：新建 3，更新 0，无变化 0，不能导入 1。什么都没有保存。') })
  const first = await guanxi('en', ...command)
  expect(first).toMatchObject({ code: 2, out: expect.stringContaining('Done: 3 created, 0 updated, 0 unchanged, 1 refused.') })
  expect(await readFile(at('companies.refused.csv'), 'utf8')).toContain('红山,外星,')
  await writeFile(at('companies.csv'), '公司,行业\n蓝海,科技\n红山,科技\n')
  expect(await guanxi('en', ...command)).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 created, 0 updated, 3 unchanged, 0 refused.'),
  })
  expect((await guanxi('en', ...command)).out).toContain('nothing was added')

  const crm = createCrm({ store: sqlite(at('crm.db')), plugins: [importing()] })
  await crm.open()
  try {
    const session = crm.as({ id: 'ada', roles: ['admin'], tenant: 'acme' })
    expect(await session.records(customer).count()).toBe(2)
    const { records } = await session.records(deal).find({ where: { name: '一号' }, expand: ['stageId'] })
    expect(records).toMatchObject([
      {
        amount: { minor: 3_500_000, currency: 'CNY' },
        createdAt: Date.parse('2025-01-06T00:00:00+08:00'),
        closedAt: Date.parse('2025-03-01T00:00:00+08:00'),
        related: { stageId: { name: '赢单' } },
      },
    ])
    expect(await session.records(stage).count()).toBe(6)
  } finally {
    await crm.close()
  }
}, 60_000)
