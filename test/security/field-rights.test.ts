import { toHandler } from '@guanxi/adapters/http'
import { sqlite } from '@guanxi/adapters/sqlite'
import { before, type Crm, defineObject, definePlugin, type RoleGrants, type Session } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

/** Words that stand in restricted values only: none of them may come out of any door. */
const hidden = ['canaryMargin', '990099', '990100', '990101', 'canaryNote', 'canaryAdmin']
const masked = ['13812345678', '812345678', 'secretperson@', 'canaryText']
const canaries = [...hidden, ...masked]

const account = defineObject(
  'account',
  {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string' },
      tier: { enum: ['a', 'b'] },
      stage: { type: 'string' },
      margin: { type: 'integer', index: true, minimum: 0, maximum: 1_000_000 },
      kept: { type: 'integer', formula: { logic: { '+': [{ var: 'margin' }, 1] }, mode: 'stored' } },
      read: { type: 'integer', formula: { logic: { '+': [{ var: 'kept' }, 1] } } },
      billed: { type: 'integer', formula: { logic: { maxOf: [{ var: 'orders' }, { var: 'total' }] } } },
      weight: { type: 'integer', minimum: 0, maximum: 100 },
      heavier: { type: 'integer', formula: { logic: { '+': [{ var: 'weight' }, 1] } } },
      marginNote: { type: 'string', search: true },
      phone: { kind: 'phone', search: true },
      email: { kind: 'email', search: true, unique: true },
      remark: { type: 'string', search: true },
      codes: { type: 'string', access: { '*': 'none', admin: 'write' } },
      parentId: { kind: 'reference', to: 'account' },
      secretParentId: { kind: 'reference', to: 'account' },
      orders: { kind: 'children', to: 'bill', by: 'accountId' },
    },
  },
  {
    columns: ['name', 'margin', 'phone'],
    boards: ['tier'],
    sections: [{ label: { 'zh-CN': '甲', en: 'A' }, fields: ['margin', 'marginNote'] }],
  },
)
const bill = defineObject('bill', {
  type: 'object',
  required: ['title'],
  properties: {
    title: { type: 'string' },
    total: { type: 'integer', minimum: 0, maximum: 1_000_000 },
    accountId: { kind: 'reference', to: 'account' },
  },
})

const shop = definePlugin({
  id: 'shop',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(account)
    plugin.object(bill)
    // A hook sees all of the record, whoever writes: rules about hidden fields must hold for everybody.
    plugin.hook(
      before(account, { id: 'note', on: ['update'], reads: ['margin', 'stage'], fields: ['stage'] }, (change) => {
        if (change.next.stage === 'copy') change.set({ marginNote: `canaryNote ${change.next.margin}` })
      }),
    )
  },
})

const everyday = { read: 'all', create: 'all', update: 'all', delete: 'all', restore: 'all' } as const
const fields = {
  margin: 'none',
  marginNote: 'none',
  secretParentId: 'none',
  'custom.secret': 'none',
  phone: { read: 'masked', write: true, reveal: true },
  email: { read: 'masked', write: true },
  remark: 'masked',
  stage: 'read',
} as const
const access: RoleGrants = {
  admin: '*',
  rep: { account: { ...everyday, fields }, bill: { ...everyday, fields: { total: 'none' } } },
  chief: { account: { ...everyday, fields: { margin: 'read' } }, bill: everyday },
  owner: { account: { read: 'own', update: 'own', fields: {} } },
  outside: { '*': ['read'] },
}

describe.each(engines)('rights on fields on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  let rep: Session
  let admin: Session
  let id: string
  let other: string

  beforeAll(async () => {
    database = await engine.create()
    crm = await createTestCrm({ store: database.store(), plugins: [shop()], access, standard: false })
    admin = crm.user()
    rep = crm.user({ id: 'rep', roles: ['rep'] })
    await admin.definitions.addField('account', 'secret', { type: 'string', search: true })
    await admin.definitions.addField('account', 'open', { type: 'string' })
    const top = await admin.records(account).create({ name: 'Top', margin: 1 })
    other = top.id
    const made = await admin.records('account').create({
      ...{ name: 'Blue Sea', weight: 7, tier: 'a', stage: 'new', margin: 990_099, marginNote: 'canaryMargin', codes: 'canaryNote' },
      ...{ phone: '13812345678', email: 'secretperson@example.com', remark: 'canaryText of ours', parentId: other, secretParentId: other },
      custom: { secret: 'canaryAdmin', open: 'seen' },
    })
    id = String(made.id)
    await admin
      .records('account')
      .update({ id, version: 'any' }, { margin: 990_099 + 1, remark: 'canaryText two', marginNote: 'canaryNote' })
    await admin.records('account').update({ id, version: 'any' }, { margin: 990_099 })
    await admin.records(bill).create({ title: 'One', total: 990_099, accountId: id })
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  const accounts = (session = rep) => session.records('account')

  test('hidden fields are not there, masked ones come masked, in every door that reads', async () => {
    const doors: Record<string, () => Promise<unknown>> = {
      get: () => accounts().get(id),
      'get some': () => accounts().get(id, { fields: ['name', 'phone'] }),
      find: () => accounts().find(),
      'find by search': () => accounts().find({ search: 'Blue', count: true }),
      expand: () => accounts().find({ expand: ['parentId', 'orders'] }),
      'expand back': () => rep.records('bill').find({ expand: ['accountId'] }),
      changes: () => accounts().changes(id),
      history: () => accounts().history(),
      definition: () => rep.definitions.get('account'),
      definitions: () => rep.definitions.list(),
      aggregate: () => accounts().aggregate({ group: ['tier'], measures: ['count'] }),
      create: () => accounts().create({ name: 'Copy', phone: '13912345678' }),
      update: () => accounts().update({ id, version: 'any' }, { tier: 'b' }),
      'update of nothing': () => accounts().update({ id, version: 'any' }, { tier: 'b' }),
      explain: () => accounts().explain(id, { tier: 'b' }),
    }
    for (const [name, open] of Object.entries(doors)) {
      const text = JSON.stringify(await open())
      for (const canary of canaries) expect(text, `${name}: ${canary}`).not.toContain(canary)
    }
    expect(await accounts().get(id)).toMatchObject({
      phone: '138****5678',
      email: 's****@example.com',
      remark: '****',
      custom: { open: 'seen' },
    })
    expect(Object.keys(await accounts().get(id))).not.toContain('margin')
  })

  test('attack:P04 attack:P05 attack:P06 a hidden field is as unknown as one that does not exist', async () => {
    const names = ['margin', 'kept', 'read', 'billed', 'marginNote', 'codes', 'secretParentId', 'custom.secret']
    for (const name of names) {
      const asked: Record<string, () => Promise<unknown>> = {
        select: () => accounts().find({ fields: [name] }),
        filter: () => accounts().find({ where: { [name]: { isNull: false } } }),
        'filter by expression': () => accounts().find({ where: { '==': [{ var: name }, 1] } }),
        'filter through a reference': () => accounts().find({ where: { 'parentId.margin': 1 } }),
        sort: () => accounts().find({ sort: [name] }),
        group: () => accounts().aggregate({ group: [name] }),
        measure: () => accounts().aggregate({ measures: [`max:${name}`] }),
        count: () => accounts().count({ where: { [name]: { isNull: false } } }),
        overlap: () => accounts().overlap({ [name]: { isNull: false } }, {}),
        expand: () => accounts().find({ expand: [name] }),
        explain: () => accounts().explain(id, { [name]: { isNull: false } }),
        bulk: () => accounts().updateMany({ where: { [name]: { isNull: false } }, maxAffected: 10 }, { tier: 'a' }),
        'bulk delete': () => accounts().removeMany({ where: { [name]: { isNull: false } }, maxAffected: 10 }),
        reveal: () => accounts().reveal(id, name),
      }
      for (const [door, run] of Object.entries(asked))
        await expect(run(), `${door} ${name}`).rejects.toMatchObject({ code: expect.stringMatching(/^(FIELD_UNKNOWN|PARAMETER_INVALID)$/) })
    }
  })

  test('a masked field is not filtered, sorted, grouped or measured by, whatever the way', async () => {
    for (const name of ['phone', 'email', 'remark']) {
      const asked: Record<string, () => Promise<unknown>> = {
        filter: () => accounts().find({ where: { [name]: '13812345678' } }),
        prefix: () => accounts().find({ where: { [name]: { startsWith: '1' } } }),
        'filter through a reference': () => rep.records('bill').find({ where: { [`accountId.${name}`]: { startsWith: '1' } } }),
        sort: () => accounts().find({ sort: [name] }),
        group: () => accounts().aggregate({ group: [name] }),
        measure: () => accounts().aggregate({ measures: [`min:${name}`] }),
        overlap: () => accounts().overlap({ [name]: 'x' }, {}),
      }
      for (const [door, run] of Object.entries(asked))
        await expect(run(), `${door} ${name}`).rejects.toMatchObject({ code: expect.stringMatching(/^(FIELD_MASKED|FIELD_UNKNOWN)$/) })
    }
  })

  test('attack:P08 a search finds by readable fields only', async () => {
    for (const word of ['canaryMargin', 'canaryNote', '5678', '13812345678', 'secretperson', 'canaryText', 'canaryAdmin'])
      expect((await accounts().find({ search: word, count: true })).total, word).toBe(0)
    expect((await accounts(admin).find({ search: '5678', count: true })).total).toBeGreaterThan(0)
    expect((await accounts().find({ search: 'Blue', count: true })).total).toBe(1)
  })

  test('attack:P10 the history has neither values nor names of hidden fields, and masked values masked', async () => {
    const { entries } = await accounts().changes(id)
    expect(entries.length).toBeGreaterThan(2)
    const names = new Set(entries.flatMap(({ values, authors }) => [...Object.keys(values ?? {}), ...Object.keys(authors)]))
    for (const name of ['margin', 'marginNote', 'codes', 'secretParentId', 'custom.secret']) expect(names).not.toContain(name)
    expect(entries.flatMap(({ values }) => (values?.remark ? [values.remark] : []))).toContainEqual(['****', '****'])
  })

  test('attack:P17 what may not be written is refused at every door, a hidden field as unknown', async () => {
    const wrong: [Record<string, unknown>, string, string][] = [
      [{ margin: 1 }, 'FIELD_UNKNOWN', '/margin'],
      [{ codes: 'x' }, 'FIELD_UNKNOWN', '/codes'],
      [{ custom: { secret: 'x' } }, 'FIELD_UNKNOWN', '/custom/secret'],
      [{ stage: 'won' }, 'FIELD_FORBIDDEN', '/stage'],
      [{ remark: 'x' }, 'FIELD_FORBIDDEN', '/remark'],
      [{ email: 's****@example.com' }, 'FIELD_MASKED', '/email'],
    ]
    const before = await accounts(admin).get(id)
    for (const [patch, code, path] of wrong) {
      const doors: Record<string, () => Promise<unknown>> = {
        create: () => accounts().create({ name: 'x', ...patch }),
        createMany: () => accounts().createMany([{ name: 'x', ...patch }]),
        update: () => accounts().update({ id, version: 'any' }, patch),
        updateMany: () => accounts().updateMany({ ids: [id], maxAffected: 1 }, patch),
        updateEach: () => accounts().updateEach([{ id, version: 'any', set: patch }]),
      }
      for (const [name, run] of Object.entries(doors)) {
        const error = await run().then(
          () => null,
          (one: { code: string; details: { issues: { code: string; path: string }[] } }) => one,
        )
        expect(error?.code, `${name} ${path}`).toBe('VALIDATION_FAILED')
        expect(error?.details.issues.map((issue) => [issue.code, issue.path])).toContainEqual([code, path])
      }
    }
    expect(await accounts(admin).get(id)).toEqual(before)
    const written = await accounts().update({ id, version: 'any' }, { phone: '13712345678' })
    expect(written.phone).toBe('137****5678')
    await accounts(admin).update({ id, version: 'any' }, { phone: '13812345678' })
  })

  test('attack:C05 a conflict shows both values as far as the reader may see them', async () => {
    const stale = accounts().update({ id, version: 1 }, { tier: 'a' })
    const error = await stale.catch((one: { details: Record<string, unknown> }) => one)
    expect(error).toMatchObject({ code: 'CONFLICT', details: { current: { name: 'Blue Sea', phone: '138****5678' } } })
    const text = JSON.stringify((error as { details: unknown }).details)
    for (const canary of canaries) expect(text).not.toContain(canary)
  })

  test('attack:G13 hooks see and set what the writer may not; the answer still hides it', async () => {
    const chief = crm.user({ id: 'chief', roles: ['chief'] })
    await accounts(chief).update({ id, version: 'any' }, { stage: 'copy' })
    expect((await accounts(admin).get(id)).marginNote).toBe('canaryNote 990099')
    expect(JSON.stringify(await accounts().update({ id, version: 'any' }, { tier: 'a' }))).not.toContain('canaryNote')
  })

  test('attack:V08 a masked value is revealed to who may ask, and each time is written down', async () => {
    expect(await accounts().reveal(id, 'phone')).toBe('+8613812345678')
    await expect(accounts().reveal(id, 'email')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(accounts().reveal(id, 'remark')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const { decisions } = await admin.decisions.find({ subjectId: id, decider: 'core.reveal' })
    expect(decisions).toMatchObject([{ winner: 'rep', inputs: { field: 'phone' }, actor: { id: 'rep' } }])
    expect(JSON.stringify(decisions)).not.toContain('138')
    const stranger = crm.user({ id: 'x', roles: ['nobody'] })
    await expect(accounts(stranger).reveal(id, 'phone')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('a formula that looks at a hidden field is hidden too, others are not', async () => {
    expect(await accounts(admin).get(id)).toMatchObject({ kept: 990_100, read: 990_101, billed: 990_099 })
    const seen = await accounts().get(id)
    for (const name of ['kept', 'read', 'billed']) expect(seen).not.toHaveProperty(name)
    expect(seen.heavier).toBe(8)
    const chief = crm.user({ id: 'chief', roles: ['chief'] })
    expect(await accounts(chief).get(id)).toMatchObject({ kept: 990_100, billed: 990_099 })
  })

  test('several roles add up; one that reaches less does not open fields on records of others', async () => {
    const both = crm.user({ id: 'both', roles: ['rep', 'chief'] })
    expect(await accounts(both).get(id)).toMatchObject({ margin: 990_099, phone: '+8613812345678' })
    const mixed = crm.user({ id: 'mixed', roles: ['rep', 'owner'] })
    expect(await accounts(mixed).get(id)).toMatchObject({ phone: '138****5678' })
    const reader = crm.user({ id: 'outside', roles: ['outside'] })
    expect(await accounts(reader).get(id)).not.toHaveProperty('codes')
    expect(await accounts(reader).get(id)).toHaveProperty('margin')
  })

  test('definitions tell a reader what is masked, read only and not there', async () => {
    const definition = await rep.definitions.get('account')
    expect(definition.field.has('margin')).toBe(false)
    expect(definition.options).toMatchObject({ columns: ['name', 'phone'], sections: [] })
    expect(definition.field.get('stage')?.readOnly).toBe(true)
    expect(definition.field.get('phone')).toMatchObject({ masked: 'phone', readOnly: false, search: false, revealable: true })
    expect((await admin.definitions.get('account')).field.get('phone')?.masked).toBeUndefined()
  })

  test('attack:P03 over HTTP no route gives a restricted value away', async () => {
    const host = crm as unknown as Crm<never>
    const handle = toHandler({ ...host, identify: async () => ({ id: 'rep', roles: ['rep'], tenant: 'test' }) } as never, {})
    const paths = [
      ...['/api/me', '/api/objects', '/api/objects/account', '/openapi.json', '/api/records/account', `/api/records/account/${id}`],
      ...[`/api/records/account/${id}/changes`, '/api/records/account?expand=parentId,orders', '/api/records/bill?expand=accountId'],
      ...['/api/aggregate/account?group=tier', '/api/export/account?format=csv', '/api/export/account?format=jsonl'],
      ...['/api/export/account?format=csv&fields=margin', '/api/records/account?where={"margin":990099}'],
    ]
    let seen = ''
    for (const path of paths) {
      const response = await handle(new Request(`http://shop.test${encodeURI(path)}`))
      const text = await response.text()
      seen += text
      for (const canary of canaries) expect(text.replaceAll(encodeURI(path), ''), `${path}: ${canary}`).not.toContain(canary)
    }
    expect(seen).toContain('138****5678')
    const revealed = await handle(
      new Request(`http://shop.test/api/records/account/${id}/reveal`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        body: JSON.stringify({ field: 'phone' }),
      }),
    )
    expect([revealed.status, await revealed.json()]).toEqual([200, { value: '+8613812345678' }])
  })
})

describe('rights on fields that make no sense', () => {
  const open = (grants: RoleGrants) => createTestCrm({ store: sqlite(':memory:'), plugins: [shop()], access: grants, standard: false })
  test.each([
    [{ rep: { account: { read: 'all', fields: { margins: 'none' } } } }, 'does not exist'],
    [{ rep: { account: { read: 'all', fields: { margin: 'masked' } } } }, 'cannot be masked'],
    [{ rep: { account: { read: 'all', fields: { margin: 'sometimes' } } } }, 'must be none, masked'],
    [{ rep: { account: { read: 'all', fields: { createdAt: 'none' } } } }, 'system'],
    [{ rep: { account: { read: 'all', fields: { margin: { read: 'full', wirte: true } } } } }, 'must be none, masked'],
  ])('%j is refused', async (grants, reason) => {
    await expect((async () => open(grants as never))()).rejects.toThrow(reason)
  })
})
