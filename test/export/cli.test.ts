import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { unzipped } from './unzipped.ts'

const bin = fileURLToPath(new URL('../../packages/adapters/src/cli/guanxi.ts', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guanxi-cli-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

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

it('exports an object and a whole tenant from a database', async () => {
  const crm = createCrm({ store: sqlite(join(folder, 'crm.db')), tenant: 'acme' })
  await crm.open()
  await crm
    .as({ id: 'ada', roles: ['admin'] })
    .records('customer')
    .createMany([{ name: '蓝海', region: 'east' }, { name: '红山' }])
  await crm.close()
  const where = ['--database', 'crm.db', '--tenant', 'acme']
  const asked = ['--fields', 'name,region', '--sort', 'name', '--where', '{"name":"蓝海"}']
  expect(await guanxi('zh_CN', 'export', 'customer', ...where, ...asked)).toMatchObject({ code: 0, out: '已导出到 customer.csv\n' })
  expect(await readFile(join(folder, 'customer.csv'), 'utf8')).toBe('\ufeff名称,区域\r\n蓝海,east\r\n')
  expect(await guanxi('en', 'export', '--all', ...where, '--out', 'all.zip')).toMatchObject({ code: 0, out: 'Exported to all.zip\n' })
  const parts = await unzipped(await readFile(join(folder, 'all.zip')))
  expect(JSON.parse(parts.get('manifest.json') ?? '')).toMatchObject({ tenant: 'acme', objects: { customer: { records: 2 } } })
})

it('leaves nothing behind when it cannot, and says why', async () => {
  expect(await guanxi('en', 'export', 'customer', '--database', 'crm.db')).toMatchObject({
    code: 1,
    err: 'There is no database file “crm.db”.\n',
  })
  expect(await guanxi('zh_CN', 'export')).toMatchObject({ code: 1, err: '请给出一个对象，或用 --all 导出整个租户。\n' })
  expect(await guanxi('en', 'export', 'x', '--format', 'pdf')).toMatchObject({
    code: 1,
    err: expect.stringContaining('csv, xlsx or jsonl'),
  })
  expect(await guanxi('en', 'export', 'x', '--where', '[]')).toMatchObject({ code: 1, err: '--where is a JSON object.\n' })
  expect(await guanxi('en', 'export', 'nope', '--database', ':memory:')).toMatchObject({
    code: 1,
    err: expect.stringContaining('OBJECT_UNKNOWN'),
  })
  expect(await guanxi('zh_CN', 'export', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('用法：guanxi export') })
  expect(await readdir(folder)).toEqual([])
})
