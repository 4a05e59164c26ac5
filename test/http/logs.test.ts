import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
let id: string
beforeAll(async () => {
  shop = await openShop()
  const ann = shop.crm.as({ id: 'ann', roles: ['admin'] })
  const made = await ann.records('visit').create({ title: '拜访蓝海' })
  id = String(made.id)
  const miles = ann.ledgers.list().find(({ name }) => name === 'visits.miles')
  if (!miles) throw new Error('the shop has no ledger')
  await ann
    .records('visit')
    .update(made as never, { minutes: 5 } as never, { post: [{ ledger: miles, account: 'ann', amount: 12, key: 'trip' }] })
  await ann.decisions.record([
    {
      decider: 'visits.route',
      subject: { object: 'visit', id },
      outcome: 'decided',
      winner: 'bob',
      inputs: { load: 7 },
      candidates: [{ id: 'mei' }, { id: 'bob' }],
    },
  ])
})
afterAll(() => shop.close())

const get = (path: string, user = 'ann') => shop.send('GET', path, { user })

test('ledgers, balances, entries of an account and of a record', async () => {
  expect((await get('/api/ledgers')).body.ledgers).toMatchObject([{ name: 'visits.miles', unit: 'count', label: { en: 'Miles' } }])
  expect((await get('/api/ledgers/visits.miles/balances?accounts=ann,bob')).body).toEqual({ balances: { ann: 12, bob: 0 } })
  const account = (await get('/api/ledgers/visits.miles/entries?account=ann&limit=1')).body
  expect(account).toMatchObject({ entries: [{ key: 'trip', amount: 12, record: { object: 'visit', id } }], cursor: null, balance: 12 })
  expect((await get(`/api/records/visit/${id}/entries`)).body).toEqual({ entries: account.entries, cursor: null })
})

test('decisions: the log, one with everybody, why a record is as it is, why not me', async () => {
  const log = (await get(`/api/decisions?subject=${id}&mode=live`)).body
  expect(log).toMatchObject({ decisions: [{ decider: 'visits.route', winner: 'bob', inputs: { load: 7 }, reasons: [] }], cursor: null })
  const one = (await get(`/api/decisions/${log.decisions[0].id}`)).body
  expect(one.candidates.map(({ id: candidate }: { id: string }) => candidate)).toEqual(['bob', 'mei'])
  const why = (await get(`/api/records/visit/${id}/decisions`, 'mei')).body
  expect(why.decisions).toEqual([expect.objectContaining({ decider: 'visits.route', winner: 'bob' })])
  expect(JSON.stringify(why)).not.toContain('load')
  const mine = (await get('/api/decisions/why-not', 'mei')).body
  expect(mine.entries).toMatchObject([{ decision: { decider: 'visits.route' }, own: { id: 'mei', won: false } }])
  expect(JSON.stringify(mine)).not.toContain('bob')
})

test.each([
  ['/api/ledgers/visits.nothing/entries?account=a', 404, 'LEDGER_UNKNOWN'],
  ['/api/ledgers/visits.miles/entries', 400, 'PARAMETER_INVALID'],
  ['/api/ledgers/visits.miles/entries?account=a&cursor=x', 400, 'CURSOR_INVALID'],
  ['/api/ledgers/visits.miles/entries?account=a&limit=501', 400, 'PARAMETER_INVALID'],
  ['/api/ledgers/visits.miles/balances', 400, 'PARAMETER_INVALID'],
  ['/api/records/visit/0198f3a0-7c1e-7abc-8def-0123456789ab/entries', 404, 'NOT_FOUND'],
  ['/api/records/visit/0198f3a0-7c1e-7abc-8def-0123456789ab/decisions', 404, 'NOT_FOUND'],
  ['/api/decisions?mode=dream', 400, 'PARAMETER_INVALID'],
  ['/api/decisions?colour=red', 400, 'PARAMETER_UNKNOWN'],
  ['/api/decisions/nothing', 404, 'NOT_FOUND'],
])('%s is refused', async (path, status, code) => {
  const answer = await get(path)
  expect([answer.status, answer.body.error.code]).toEqual([status, code])
})

test.each(['/api/ledgers', '/api/ledgers/visits.miles/entries?account=ann', '/api/decisions', '/api/decisions/why-not?person=mei'])(
  '%s is not for those without the right',
  async (path) => {
    const strict = await openShop({}, { admin: '*', rep: { visit: ['read'] } })
    try {
      const answer = await strict.send('GET', path, { user: 'bob' })
      expect([answer.status, answer.body.error.code]).toEqual([403, 'FORBIDDEN'])
    } finally {
      await strict.close()
    }
  },
)
