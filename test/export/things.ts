import { importing } from '@guanxi/adapters/import'
import { type Crm, createCrm, defineObject, definePlugin, type Identity, type Session } from '@guanxi/core'
import { array, boolean, constantFrom, date, double, integer, maxSafeInteger, oneof, option, record } from 'fast-check'
import { hostileText } from '../import/support/arbitrary-text.ts'
import type { Engine } from '../support/engines.ts'

/** An object with a field of every kind that holds a value, labels that clash, options that clash and one that is no more. */
const thing = defineObject('thing', {
  type: 'object',
  required: ['name'],
  properties: {
    name: { kind: 'text', label: { 'zh-CN': '名称', en: 'Name' } },
    alias: { kind: 'text', label: { 'zh-CN': '名称', en: 'Name' } },
    code: { kind: 'text', unique: true, label: { 'zh-CN': '编号', en: 'Code' } },
    notes: { kind: 'longText', label: { 'zh-CN': '=备注', en: '+Notes (net)' } },
    count: { kind: 'integer' },
    ratio: { kind: 'number' },
    rate: { kind: 'decimal', scale: 4 },
    price: { kind: 'money', label: { 'zh-CN': '价格', en: 'Price' } },
    active: { kind: 'boolean' },
    day: { kind: 'date' },
    moment: { kind: 'instant', label: { 'zh-CN': '创建时间', en: 'Created at' } },
    colour: {
      kind: 'choice',
      options: [
        { value: 'red', label: { 'zh-CN': '红、色', en: 'Red, warm' } },
        { value: 'blue', label: { 'zh-CN': '蓝', en: 'red' } },
        { value: 'navy', label: { 'zh-CN': '蓝', en: 'Blue' } },
        { value: 'old', label: { 'zh-CN': '旧', en: 'Old' }, retired: true },
      ],
    },
    colours: {
      kind: 'multiChoice',
      options: [
        { value: 'red', label: { 'zh-CN': '红、色', en: 'Red, warm' } },
        { value: 'green', label: { 'zh-CN': '绿', en: 'Green' } },
        { value: 'a,b', label: { 'zh-CN': '甲', en: 'a' } },
      ],
    },
    tags: { kind: 'multiChoice' },
    phone: { kind: 'phone' },
    email: { kind: 'email' },
    site: { kind: 'url' },
    parentId: { kind: 'reference', to: 'thing' },
    others: { kind: 'links', to: 'thing' },
    about: { kind: 'anyReference' },
    agentId: { kind: 'user' },
    paper: { kind: 'file' },
    closed: { kind: 'text', readOnly: true },
  },
})

const things = definePlugin({ id: 'things', version: '1.0.0', core: '*', setup: (recorder) => void recorder.object(thing) })

export const admin: Identity = { id: 'ada', roles: ['admin'], tenant: 'test' }

/** A CRM with things on a database of its own. */
export async function thingsOn(engine: Engine): Promise<{ crm: Crm<unknown>; session: Session; close: () => Promise<void> }> {
  const database = await engine.create()
  const crm = createCrm<unknown>({ store: database.store(), plugins: [things(), importing()] })
  await crm.open()
  const session = crm.as(admin)
  await session.definitions.addField('thing', 'mood', { kind: 'text', label: { 'zh-CN': '心情', en: 'Mood' } })
  await session.definitions.addField('thing', 'bonus', { kind: 'money', label: { 'zh-CN': '奖金', en: 'Bonus' } })
  await crm.directory.put({
    tenant: 'test',
    people: [
      { id: 'ada', name: '林晓' },
      { id: 'bo', name: '陈伟' },
      { id: 'bo2', name: '陈伟' },
      { id: '陈伟', name: 'x' },
    ],
  })
  return { crm, session, close: () => crm.close().then(() => database.drop()) }
}

const text = hostileText.map((value) => value.toWellFormed())
const word = text.map((value) => value.trim()).filter((value) => value !== '' && [...value].length <= 50)
const money = record({ minor: integer({ min: -1e12, max: 1e12 }), currency: constantFrom('CNY', 'USD', 'USD', 'JPY', 'KWD') })
const few = constantFrom(0, 1, 2, 3)

/** Values of a thing; numbers stand for other things by place. */
export const thingValues = record({
  name: oneof(word, constantFrom('蓝海', '蓝海', '红山、白云', 'NULL', '-', '01234567-89ab-cdef-0123-456789abcdef', '名 [x]')),
  alias: option(text),
  notes: option(text),
  count: option(maxSafeInteger()),
  ratio: option(double({ noNaN: true, min: -1e15, max: 1e15 }).map((value) => (Math.abs(value) < 1e-14 ? 0 : value))),
  rate: option(integer({ min: -1e9, max: 1e9 }).map((value) => (value / 10_000).toFixed(4))),
  price: option(money),
  active: option(boolean()),
  day: option(
    date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map((value) =>
      value.toISOString().slice(0, 10),
    ),
  ),
  moment: option(date({ min: new Date('1890-01-01'), max: new Date('2200-12-31'), noInvalidDate: true }).map((value) => value.getTime())),
  colour: option(constantFrom('red', 'blue', 'navy')),
  colours: array(constantFrom('red', 'green', 'a,b'), { maxLength: 3 }).map((values) => [...new Set(values)]),
  tags: array(oneof(word, constantFrom('a,b', '["x"]', 'red')), { maxLength: 3 }).map((values) => [
    ...new Set(values.map((value) => value.normalize('NFC').trim())),
  ]),
  phone: option(constantFrom('+8613800138000', '+12025550123', '+85221234567')),
  email: option(constantFrom('a@example.com', '李@例子.公司')),
  site: option(constantFrom('https://example.com/?a=1,2', 'http://例子.公司/路径')),
  agentId: option(constantFrom('ada', 'bo', 'bo2', '陈伟', 'nobody knows')),
  ownerId: option(constantFrom('ada', 'bo', 'stranger')),
  custom: record({ mood: option(word), bonus: option(money) }),
  parent: option(few),
  others: array(few, { maxLength: 3 }),
  about: option(few),
})

let made = 0

/** Makes things of these values, and has them point at each other. */
export async function makeThings(session: Session, values: readonly ThingValues[]): Promise<string[]> {
  const things = session.records('thing')
  const rows = values.map(({ parent: _parent, others: _others, about: _about, ...rest }, index) => ({
    ...rest,
    code: `C${made++}${index}`,
  }))
  const { ids } = await things.createMany(rows)
  const at = (place: number): string => ids[place % ids.length] ?? ''
  for (const [index, { parent, others, about }] of values.entries()) {
    const patch = {
      ...(parent !== null && { parentId: at(parent) }),
      ...(about !== null && { about: { object: 'thing', id: at(about) } }),
      others: [...new Set(others.map(at))],
    }
    await things.update({ id: at(index), version: 'any' }, patch)
  }
  return ids
}

export type ThingValues = Parameters<Parameters<typeof thingValues.map>[0]>[0]
