import type { DeciderDecision } from '@guanxi/core/types'
import type { ChangeView, DecisionOutline } from '../../src/client/log-client.ts'
import type { FakeServer, Seen } from './fake-server.ts'

const DAY = 86_400_000
const words = (zh: string, en: string) => ({ 'zh-CN': zh, en })
const idle = words('《云杉智造》已 96 天没有进展，回到经理。', '“Yunshan” has not moved for 96 days and goes back to the manager.')

/** Histories of records and what was decided about them, in memory. */
export class FakeHistory {
  changes: ChangeView[]
  decisions: DecisionOutline[]
  why: DeciderDecision[]
  readonly #fake: FakeServer

  constructor(fake: FakeServer) {
    this.#fake = fake
    const { now } = fake
    const user = (id: string) => ({ kind: 'user', id })
    const base = { object: 'deal', recordId: 'd4', cause: null, authors: {} }
    const stamp = (version: number, ago: number) => ({ id: `ch-${version}`, version, at: now - ago * DAY, recordedAt: now - ago * DAY })
    const money = (minor: number) => ({ minor, currency: 'CNY' })
    const record = fake.records.get('deal')?.find(({ id }) => id === 'd4')
    this.changes = [
      {
        ...{ ...base, ...stamp(6, 0.02), operation: 'update', actor: user('u-sun') },
        values: { amount: [money(18_800_000), record?.amount ?? null], closeDate: ['2026-05-31', record?.closeDate ?? null] },
      },
      {
        ...{ ...base, ...stamp(5, 0.5), operation: 'update', actor: { kind: 'system', id: 'system' } },
        cause: { kind: 'decider', id: 'admin.idle-deals', version: 2, run: 'run-1', rule: 0, facts: {} },
        values: { ownerId: ['u-sun', 'u-li'] },
      },
      {
        ...{ ...base, ...stamp(4, 1.2), operation: 'update', actor: user('u-li') },
        ...{ cause: { kind: 'undo', id: 'admin.idle-deals', version: 1, run: 'run-0' } },
        values: { priority: ['low', 'high'] },
      },
      {
        ...{ ...base, ...stamp(3, 6), operation: 'update', actor: user('u-chen'), authors: { stageSince: 'standard.stage' } },
        values: { stageId: ['s1', 's2'], stageSince: [now - 40 * DAY, now - 6 * DAY], 'custom.budgetApproved': [null, true] },
      },
      {
        ...{ ...base, ...stamp(2, 20), operation: 'update', actor: user('u-chen'), recordedAt: now - 15 * DAY },
        values: { productIds: [[], ['pr1', 'pr2']], description: [null, '客户要求三月底前给出实施计划。'] },
      },
      {
        ...{ ...base, ...stamp(1, 40), operation: 'create', actor: user('u-chen'), cause: { kind: 'import', id: 'job-1' } },
        values: {
          ...{ name: [null, '云杉智造 · 产线升级'], customerId: [null, 'c2'], stageId: [null, 's1'], priority: [null, 'normal'] },
          ...{ ownerId: [null, 'u-chen'], source: [null, 'exhibition'], needs: [[], ['crm', 'report']], status: [null, 'open'] },
        },
      },
    ]
    this.decisions = [
      {
        ...{ id: 'de-1', decider: 'assignment.deals', version: 3, configVersion: 8, outcome: 'denied', winner: null, at: now - 2 * DAY },
        reasons: [
          { code: 'quota', data: {}, message: '孙悦的持有量已到上限 40。', hint: '先释放一条，或请主管调高。' },
          { code: 'region', data: {}, message: '陈思远不负责华东区。', hint: null },
        ],
      },
      {
        ...{
          id: 'ch-5',
          decider: 'admin.idle-deals',
          version: 2,
          configVersion: 9,
          outcome: 'decided',
          winner: 'u-li',
          at: now - 0.5 * DAY,
        },
        reasons: [{ code: 'rule_applied', data: {}, message: idle['zh-CN'], hint: null }],
      },
    ]
    const decision = { decider: 'admin.idle-deals', rule: 'rule', facts: { days: 96 }, because: idle, undone: false }
    const taken = { ownerId: ['u-sun', 'u-li'] } as const
    this.why = [
      { ...decision, version: 2, run: 'run-1', mode: 'live', at: now - 0.5 * DAY, values: taken },
      { ...decision, version: 2, run: 'run-s', mode: 'shadow', at: now - 3 * DAY, values: taken },
    ]
  }

  answer({ path, query }: Seen): Response | null {
    const [, object = '', id = '', what = ''] = path.split('/').map(decodeURIComponent)
    if (what === 'changes') return Response.json(page('entries', this.#of(object, id), query))
    if (what === 'decisions') return Response.json(page('decisions', this.#isKnown(id) ? this.decisions : [], query))
    if (what === 'why') return Response.json({ decisions: this.#isKnown(id) ? this.why : [] })
    return null
  }

  #isKnown = (id: string): boolean => this.changes.some(({ recordId }) => recordId === id)

  #of(object: string, id: string): readonly ChangeView[] {
    const { records } = this.#fake
    if (!records.get(object)?.some((one) => one.id === id)) return []
    return this.changes.filter(({ recordId }) => recordId === id).sort((a, b) => b.version - a.version)
  }
}

function page<T extends { readonly at: number }>(name: string, rows: readonly T[], query: URLSearchParams): object {
  const start = Number(query.get('cursor') ?? 0)
  const end = start + Number(query.get('limit') ?? 50)
  const sorted = name === 'entries' ? rows : [...rows].sort((a, b) => b.at - a.at)
  return { [name]: sorted.slice(start, end), cursor: end < rows.length ? String(end) : null }
}
