import { sqlite } from '@guanxi/adapters/sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type CommittedRunnerDeps, createCommittedRunner } from '../../src/hook/committed.ts'
import { leaseMilliseconds } from '../../src/hook/cursor-lease.ts'
import { type CommittedContext, committed, type Hook, type HookOptions } from '../../src/hook/hook.ts'
import { orderHooks } from '../../src/hook/ordered-hook.ts'
import type { ChangeEntry } from '../../src/record/records.ts'
import type { RawRow, SelectPlan, Store } from '../../src/store/port.ts'
import { changeTable, consumerTable, parkedTable, systemTables } from '../../src/store/system-tables.ts'
import { deal } from './support.ts'

let store: Store
let logged: string[]
let statements: string[]
let now: number
let sequence: number

beforeEach(async () => {
  ;[logged, statements, now, sequence] = [[], [], 0, 0]
  store = sqlite(':memory:', { driver: 'better-sqlite3', observe: ({ label }) => void statements.push(label) })
  await store.open()
  await store.apply(systemTables)
})

afterEach(() => store.close())

const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const columns = changeTable.columns.map(({ name }) => name)

/** Writes change rows as they stand in the log: `2 update {"stage":["open","won"]}` is a change of record 2. */
async function changed(...changes: string[]): Promise<void> {
  const rows = changes.map((text) => {
    const [record, operation, values = '{}'] = text.split(' ')
    const row: Record<string, unknown> = {
      tenant_id: 't1',
      id: idOf(++sequence),
      object: 'deal',
      record_id: idOf(Number(record)),
      version: sequence,
      op: operation,
      at: 10 + sequence,
      recorded_at: 10,
      actor_kind: 'user',
      actor_id: 'u1',
      cause: null,
      authors: null,
      values,
      salt: '',
      digest: '',
    }
    return columns.map((column) => row[column])
  })
  await store.direct.put({ table: changeTable, columns }, rows, 'error')
}

const decode = (row: RawRow): ChangeEntry => ({
  id: String(row.id),
  object: String(row.object),
  recordId: String(row.record_id),
  version: Number(row.version),
  operation: row.op as ChangeEntry['operation'],
  at: Number(row.at),
  recordedAt: Number(row.recorded_at),
  actor: { kind: String(row.actor_kind), id: String(row.actor_id) },
  cause: null,
  authors: {},
  values: JSON.parse(String(row.values)) as ChangeEntry['values'],
  digest: '',
})

const lend: CommittedRunnerDeps['lend'] = () => ({
  messages: { send: async () => [] },
  records: () => {
    throw new Error('no records in this test')
  },
  service: (ref) => ref.id as never,
})

function runner(hooks: readonly Hook[], deps: Partial<CommittedRunnerDeps> = {}) {
  const ordered = orderHooks(hooks.map((hook) => ({ plugin: 'sales', hook }))).committed
  const log: CommittedRunnerDeps['log'] = ({ level, message }) => void logged.push(`${level}: ${message}`)
  return createCommittedRunner({
    store,
    hooks: ordered,
    decode,
    lend,
    clock: () => 77,
    log,
    random: () => 1,
    wait: async () => {},
    leaseClock: () => now,
    ...deps,
  })
}

/** A hook that writes down what it got. */
const noting = (seen: string[], options: Partial<HookOptions> = {}, failing = (_: CommittedContext): boolean => false) =>
  committed(deal, { id: 'tell', ...options }, (change, context) => {
    seen.push(`${Number(change.id.slice(-2))}:${change.version} ${change.operation}`)
    if (failing(context)) throw new Error('the world is away')
  })

const rowsOf = (table: SelectPlan['table'], names: readonly string[], tenant: string) =>
  store.direct.select({ table, columns: names, order: [], revision: false }, [tenant])
const cursor = async () => (await rowsOf(consumerTable, ['cursor', 'lease_until', 'fence'], '*'))[0]

describe('a flush', () => {
  it('brings each change once, in the order of the log, to the hooks that listen', async () => {
    const [all, won]: string[][] = [[], []]
    const delivery = runner([noting(all ?? []), noting(won ?? [], { id: 'won', on: ['update'], fields: ['stage'] })])
    await changed('1 create', '1 update {"stage":["open","won"]}', '1 update {"title":["a","b"]}', '1 delete')
    await delivery.flush()
    await delivery.flush()
    expect(all).toEqual(['1:1 create', '1:2 update', '1:3 update', '1:4 delete'])
    expect(won).toEqual(['1:2 update'])
  })

  it('says who changed what when, and gives a key of its own to each hook', async () => {
    const seen: unknown[] = []
    const note = (id: string) =>
      committed(
        deal,
        { id },
        (change, { records: _, messages: __, now: ___, service, ...context }) =>
          void seen.push({ ...change, ...context, service: service({ id: 'x.y' }) }),
      )
    await changed('1 update {"stage":["open","won"]}')
    await runner([note('one'), note('two')]).flush()
    const common = {
      operation: 'update',
      object: 'deal',
      id: idOf(1),
      version: 1,
      values: { stage: ['open', 'won'] },
      tenant: 't1',
      actorId: 'u1',
      at: 11,
      recordedAt: 10,
      attempt: 1,
      service: 'x.y',
    }
    expect(seen).toEqual([
      { ...common, key: `${idOf(1)}:sales:one` },
      { ...common, key: `${idOf(1)}:sales:two` },
    ])
  })

  it('delivers more than a page, and what hooks change meanwhile', async () => {
    const seen: string[] = []
    await changed(...Array.from({ length: 250 }, () => '1 create'))
    const more = committed(deal, { id: 'more', on: ['create'] }, async ({ version }) => (version === 250 ? changed('2 update') : undefined))
    await runner([noting(seen), more]).flush()
    expect(seen).toHaveLength(251)
    expect(seen.slice(0, 250)).toEqual(Array.from({ length: 250 }, (_, index) => `1:${index + 1} create`))
  })

  it('keeps the order of a record while another one is being tried again', async () => {
    const seen: string[] = []
    await changed('1 create', '2 create', '1 update', '2 update')
    await runner([noting(seen, {}, ({ key, attempt }) => key.startsWith(idOf(1)) && attempt < 3)]).flush()
    expect(seen.filter((text) => text.startsWith('1'))).toEqual(['1:1 create', '1:1 create', '1:1 create', '1:3 update'])
    expect(seen.filter((text) => text.startsWith('2'))).toEqual(['2:2 create', '2:4 update'])
  })

  it('takes nothing and writes nothing when nothing waits', async () => {
    statements.length = 0
    await runner([noting([])]).flush()
    expect(statements.filter((label) => label !== 'changes' && !label.startsWith('select'))).toEqual([])
    expect(await cursor()).toBeUndefined()
  })
})

describe('a hook that fails', () => {
  it('is tried five times with growing delays, then parked, and the log goes on', async () => {
    const seen: string[] = []
    const waits: number[] = []
    await changed('1 create', '2 create')
    const wait = async (milliseconds: number) => void waits.push(milliseconds)
    await runner([noting(seen, {}, ({ key }) => key.startsWith(idOf(1))), noting(seen, { id: 'other' })], { wait }).flush()
    expect(seen.filter((text) => text === '1:1 create')).toHaveLength(6)
    expect(seen.filter((text) => text === '2:2 create')).toHaveLength(2)
    expect(waits).toEqual([100, 200, 400, 800])
    expect(await rowsOf(parkedTable, ['consumer', 'change_id', 'error', 'attempts', 'parked_at'], 't1')).toEqual([
      { consumer: 'sales:tell', change_id: idOf(1), error: 'Error: the world is away', attempts: 5, parked_at: 77 },
    ])
    expect(logged.at(-1)).toBe('error: A committed hook failed and its change is parked.')
  })

  it('waits anything between nothing and the whole delay', async () => {
    const waits: number[] = []
    await changed('1 create')
    await runner([noting([], {}, () => true)], { random: () => 0.25, wait: async (milliseconds) => void waits.push(milliseconds) }).flush()
    expect(waits).toEqual([25, 50, 100, 200])
  })

  it('is not even tried with a change that cannot be read', async () => {
    const seen: string[] = []
    const unreadable = (row: RawRow) => {
      if (row.id === idOf(1)) throw new Error('no such object')
      return decode(row)
    }
    await changed('1 create', '1 update')
    await runner([noting(seen)], { decode: unreadable }).flush()
    expect(seen).toEqual(['1:2 update'])
    expect(await rowsOf(parkedTable, ['error', 'attempts'], 't1')).toEqual([{ error: 'Error: no such object', attempts: 1 }])
  })
})

describe('two processes', () => {
  /** A hook that stops until it is told to go on. */
  function gate() {
    let open: () => void = () => {}
    let arrive: () => void = () => {}
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    const hook = committed(deal, { id: 'tell' }, () => {
      arrive()
      return opened
    })
    return { hook, arrived, open: () => open() }
  }

  it('never deliver side by side', async () => {
    const { hook, arrived, open } = gate()
    const seen: string[] = []
    await changed('1 create')
    const first = runner([hook], { owner: 'first' }).flush()
    await arrived
    await runner([noting(seen)], { owner: 'second' }).flush()
    expect(seen).toEqual([])
    expect(logged).toEqual(['info: Another process runs the committed hooks.'])
    open()
    await first
    await runner([noting(seen)], { owner: 'second' }).flush()
    expect(seen).toEqual([])
  })

  it('take over from one another when one hangs, and the one that hung cannot move the cursor', async () => {
    const { hook, arrived, open } = gate()
    const seen: string[] = []
    await changed('1 create')
    const hung = runner([hook], { owner: 'hung' }).flush()
    await arrived
    now = leaseMilliseconds
    await changed('2 create')
    await runner([noting(seen)], { owner: 'second' }).flush()
    const moved = await cursor()
    expect(seen).toEqual(['1:1 create', '2:2 create'])
    open()
    await hung
    expect(await cursor()).toEqual(moved)
    expect(logged).toContain('warn: Another process took over the committed hooks.')
  })

  it('leave the lease free behind them', async () => {
    await changed('1 create')
    await runner([noting([])], { owner: 'first' }).flush()
    expect(await cursor()).toMatchObject({ lease_until: 0, fence: 1 })
  })

  it('take their own lease again that they could not give back', async () => {
    const seen: string[] = []
    const kept = ['*', 'committed', null, 'first', leaseMilliseconds, 4]
    await changed('1 create')
    await store.direct.put(
      { table: consumerTable, columns: ['tenant_id', 'id', 'cursor', 'lease_owner', 'lease_until', 'fence'] },
      [kept],
      'error',
    )
    await runner([noting(seen)], { owner: 'second' }).flush()
    expect(seen).toEqual([])
    await runner([noting(seen)], { owner: 'first' }).flush()
    expect(seen).toEqual(['1:1 create'])
  })

  it('keep the lease alive while they are at work', async () => {
    const seen: string[] = []
    const slow = committed(deal, { id: 'slow' }, async ({ version }) => {
      now += leaseMilliseconds * 0.6
      await runner([noting(seen)], { owner: 'second' }).flush()
      expect(version).toBeGreaterThan(0)
    })
    await changed('1 create', '1 update', '1 update', '1 update')
    await runner([slow], { owner: 'first' }).flush()
    expect(seen).toEqual([])
    expect(logged).not.toContain('warn: Another process took over the committed hooks.')
  })
})

describe('a new consumer', () => {
  it('starts where the log ended when it was added', async () => {
    const seen: string[] = []
    const delivery = runner([noting(seen)])
    await changed(...Array.from({ length: 1_001 }, () => '1 create'))
    await delivery.prepare()
    await changed('2 create')
    await delivery.prepare()
    await delivery.flush()
    expect(seen).toEqual(['2:1002 create'])
  })
})

describe('start and stop', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  /** A promise, and the call that keeps it. */
  function signal(): { readonly given: Promise<void>; give: () => void } {
    let give: () => void = () => {}
    const given = new Promise<void>((resolve) => {
      give = resolve
    })
    return { given, give }
  }

  it('deliver in between, and leave no timer', async () => {
    const { given, give } = signal()
    const delivery = runner([committed(deal, { id: 'tell' }, give)])
    expect(vi.getTimerCount()).toBe(0)
    delivery.start()
    delivery.start()
    expect(vi.getTimerCount()).toBe(1)
    await changed('1 create')
    vi.advanceTimersByTime(250)
    await given
    await delivery.stop()
    await delivery.stop()
    expect(vi.getTimerCount()).toBe(0)
    expect(await cursor()).toMatchObject({ lease_until: 0 })
  })

  it('go on after a pass that failed', async () => {
    const [failed, delivered] = [signal(), signal()]
    const transaction = ((work) =>
      logged.length === 0 ? Promise.reject(new Error('away')) : store.transaction(work)) as Store['transaction']
    const shaky: Store = Object.create(store, { transaction: { value: transaction }, direct: { value: store.direct } })
    const log: CommittedRunnerDeps['log'] = ({ message }) => {
      logged.push(message)
      failed.give()
    }
    await changed('1 create')
    const delivery = runner([committed(deal, { id: 'tell' }, delivered.give)], { store: shaky, log })
    delivery.start()
    vi.advanceTimersByTime(250)
    await failed.given
    await vi.advanceTimersByTimeAsync(250)
    await delivered.given
    await delivery.stop()
    expect(logged).toEqual(['Committed hooks could not be run.'])
  })
})
