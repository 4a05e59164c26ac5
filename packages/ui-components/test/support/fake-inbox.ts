import type { InboxEntry } from '../../src/client/inbox-client.ts'
import type { FakeServer, Seen } from './fake-server.ts'

const kinds = {
  'owner-notices.lead': { 'zh-CN': '分到线索', en: 'Given a lead' },
  'owner-notices.deal': { 'zh-CN': '分到商机', en: 'Given a deal' },
  'owner-notices.leadBatch': { 'zh-CN': '分到一批线索', en: 'Given leads' },
} as const

const hour = 3_600_000

/** The inbox of the reader, in memory. */
export class FakeInbox {
  entries: InboxEntry[]
  readonly #server: FakeServer

  constructor(server: FakeServer) {
    this.#server = server
    const { now } = server
    const lead = { object: 'customer', id: 'c-1' }
    this.entries = [
      this.note(9, 'owner-notices.deal', '陈思远 把商机「蓝海科技年度采购」交给了你', now - 20 * 60_000, {
        about: { object: 'deal', id: 'd-1' },
        priority: 'urgent',
      }),
      this.note(8, 'owner-notices.lead', '陈思远 把线索「沈阳远航机械制造有限公司（东北区经销商推荐）」交给了你', now - 2 * hour, {
        about: lead,
      }),
      this.note(7, 'owner-notices.leadBatch', '陈思远 把 36 个线索交给了你', now - 26 * hour, { body: '其中有「青岛海悦酒店管理」。' }),
      this.note(6, 'owner-notices.lead', '孙嘉怡 把线索「宁波恒泰」交给了你', now - 27 * hour, { about: lead, readAt: now - 20 * hour }),
      this.note(5, 'owner-notices.deal', '孙嘉怡 把商机「展台搭建」交给了你', now - 9 * 24 * hour, {
        about: { object: 'deal', id: 'd-2' },
        readAt: now - 8 * 24 * hour,
      }),
    ]
  }

  note(number: number, kind: keyof typeof kinds, title: string, at: number, rest: Partial<InboxEntry> = {}): InboxEntry {
    const base = { body: '', about: null, from: { kind: 'user', id: 'u-chen' }, priority: 'normal', readAt: null } as const
    return { ...base, id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`, kind, label: kinds[kind], title, at, ...rest }
  }

  /** Something new comes in. */
  arrive(title: string): void {
    const number = 100 + this.entries.length
    this.entries = [this.note(number, 'owner-notices.lead', title, this.#server.now + number), ...this.entries]
  }

  get unread(): number {
    return this.entries.filter(({ readAt }) => readAt === null).length
  }

  answer({ method, path, query, body }: Seen): Response | null {
    if (method === 'POST' && path === 'inbox/mark') return this.#mark(Object(body))
    if (path === 'inbox/unread') return Response.json({ unread: this.unread })
    if (path !== 'inbox') return null
    const wanted = query.get('kinds')?.split(',')
    const limit = Number(query.get('limit') ?? 50)
    const cursor = query.get('cursor')
    const all = this.entries.filter(
      (one) =>
        (wanted?.includes(one.kind) ?? true) && (query.get('unread') !== 'true' || one.readAt === null) && (!cursor || one.id < cursor),
    )
    const entries = all.slice(0, limit)
    return Response.json({ entries, cursor: all.length > limit ? entries.at(-1)?.id : null, unread: this.unread })
  }

  #mark({ ids, read, until }: { ids?: string[]; read?: boolean; until?: number }): Response {
    const readAt = read === false ? null : this.#server.now
    this.entries = this.entries.map((one) => {
      if (until !== undefined) return one.at <= until ? { ...one, readAt: one.readAt ?? readAt } : one
      return ids?.includes(one.id) ? { ...one, readAt } : one
    })
    return Response.json({ unread: this.unread })
  }
}
