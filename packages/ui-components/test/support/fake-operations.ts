import type { Health, JobEntry, ParkedEntry, SendEntry } from '../../src/client/operations-client.ts'
import type { FakeServer, Seen } from './fake-server.ts'

const id = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const minute = 60_000

/** Background work and the send ledger, in memory. */
export class FakeOperations {
  /** Null: the server tells of messages only. */
  health: Health | null
  jobs: JobEntry[]
  parked: ParkedEntry[]
  sends: SendEntry[]

  constructor({ now }: FakeServer) {
    this.health = {
      ...{ ok: false, at: now, running: true, confirmations: 0, holdup: { milliseconds: 95_000 } },
      consumers: [
        { id: 'owner-notices:tell-lead-owner', behind: 0, lag: null, parked: 0, retrying: 0 },
        { id: 'erp:push-orders', behind: 1_000, lag: 42 * minute, parked: 2, retrying: 1 },
      ],
      jobs: [
        { id: 'core.purge-decisions', waiting: 1, due: 0, running: 0, dead: 0, lag: null, known: true },
        { id: 'erp.sync', waiting: 12, due: 4, running: 1, dead: 2, lag: 9_000, known: true },
        { id: 'old.report', waiting: 3, due: 3, running: 0, dead: 0, lag: 60 * minute * 30, known: false },
      ],
      webhooks: { active: 2, paused: 1, disabled: 1, failing: 1, pending: 24, lag: 50 * minute },
      schedules: [{ id: 'core.purge-decisions', nextAt: now + 600 * minute, lastAt: now - 840 * minute }],
    }
    const job = { key: 'order-2026-0311', attempts: 10, dueAt: now, failedAt: null, error: null, attempt: 0 }
    this.jobs = [
      {
        ...job,
        id: id(1),
        job: 'erp.sync',
        state: 'dead',
        attempt: 10,
        error: 'connect ECONNREFUSED 10.0.0.7:8443',
        failedAt: now - 30 * minute,
      },
      { ...job, id: id(2), job: 'erp.sync', key: 'order-2026-0312', state: 'running', attempt: 1 },
      { ...job, id: id(3), job: 'core.purge-decisions', key: id(3), state: 'waiting', dueAt: now + 600 * minute },
    ]
    const parked = {
      consumer: 'erp:push-orders',
      object: 'deal',
      recordId: id(500),
      attempt: 23,
      parkedAt: now - 90 * minute,
      retryAt: null,
    }
    this.parked = [
      { ...parked, changeId: id(10), error: '400 字段 amount 不能为空' },
      { ...parked, changeId: id(11), error: '', attempt: 0 },
      { ...parked, changeId: id(12), recordId: id(501), error: 'timeout', attempt: 4, retryAt: now + 20 * minute },
    ]
    const send = {
      template: 'owner-notices.lead',
      channel: 'email',
      reason: null,
      attempts: 1,
      dueAt: now - minute,
      createdAt: now - minute,
      sentAt: null,
    }
    const reason = (code: string, message: string) => ({ code, message, hint: null })
    this.sends = [
      {
        ...send,
        id: id(20),
        recipient: 'person:u-li',
        state: 'failed',
        reason: reason('message_refused', '「email」拒收：550 no such mailbox'),
      },
      {
        ...send,
        id: id(21),
        recipient: 'group:sales-room',
        channel: 'sales-room',
        state: 'unknown',
        reason: reason('message_outcome_unknown', '交给「sales-room」时进程中断，不知道是否发出。'),
      },
      {
        ...send,
        id: id(22),
        recipient: 'person:u-sun',
        state: 'queued',
        reason: reason('message_working_hours', '收件人不在工作时间，推迟到 3月13日 09:00。'),
        dueAt: now + 900 * minute,
      },
      { ...send, id: id(23), recipient: 'person:u-sun', channel: 'inbox', state: 'sent', sentAt: now - minute },
    ]
  }

  answer({ method, path, query, body }: Seen): Response | null {
    const [area = '', what = '', key = '', act = ''] = path.split('/')
    if (area === 'messages') return method === 'GET' ? page('sends', pick(this.sends, query)) : this.#sent(what, key)
    if (!this.health) return null
    if (what === 'health') return Response.json(this.health)
    if (method === 'GET') return what === 'jobs' ? page('jobs', pick(this.jobs, query)) : page('changes', this.parked)
    return Response.json({ done: what === 'jobs' ? this.#job(key, act) : this.#change(key, Object(body)) })
  }

  #sent(key: string, act: string): Response | null {
    const send = this.sends.find((one) => one.id === key)
    if (!send) return null
    const changed = { ...send, state: act === 'resend' ? 'queued' : 'suppressed', reason: null } as const
    this.sends = this.sends.map((one) => (one.id === key ? changed : one))
    return Response.json(changed)
  }

  #job(key: string, act: string): boolean {
    const there = this.jobs.some((one) => one.id === key)
    if (act === 'drop') this.jobs = this.jobs.filter((one) => one.id !== key)
    else this.jobs = this.jobs.map((one) => (one.id === key ? { ...one, state: 'waiting', attempt: 0, error: null } : one))
    return there
  }

  #change(act: string, { recordId, changeId }: { recordId?: string; changeId?: string }): boolean {
    const before = this.parked.length
    this.parked = this.parked.filter((one) => (act === 'drop' ? one.changeId !== changeId : one.recordId !== recordId))
    return this.parked.length < before
  }
}

function pick<T extends { readonly state: string }>(rows: readonly T[], query: URLSearchParams): readonly T[] {
  const state = query.get('state')
  return state ? rows.filter((row) => row.state === state) : rows
}

const page = (name: string, rows: readonly unknown[]): Response => Response.json({ [name]: rows, cursor: null })
