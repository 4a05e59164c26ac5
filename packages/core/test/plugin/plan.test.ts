import { describe, expect, it } from 'vitest'
import { after, before, committed } from '../../src/hook/hook.ts'
import { compileDefinition } from '../../src/object/compile-definition.ts'
import type { ObjectHandle } from '../../src/object/handle.ts'
import { collectPlugins } from '../../src/plugin/collect.ts'
import { coreVersion } from '../../src/plugin/core-version.ts'
import { definePlugin } from '../../src/plugin/define-plugin.ts'
import type { Plugin } from '../../src/plugin/plugin.ts'
import { printPlan } from '../../src/plugin/print-plan.ts'
import { service } from '../../src/plugin/service.ts'

const deal: ObjectHandle = {
  name: 'deal',
  schema: {
    type: 'object',
    required: ['title'],
    properties: { title: { type: 'string' }, stage: { enum: ['open', 'won'] }, amount: { kind: 'money' } },
  },
  options: {},
}
const routed: ObjectHandle = {
  name: 'deal',
  schema: { type: 'object', properties: { channel: { type: 'string' } } },
  options: {},
  extends: true,
}

const noop = () => {}
const sales = definePlugin({
  id: 'sales',
  version: '1.2.0',
  core: '*',
  setup(p) {
    p.object(deal)
    p.hook(before(deal, { id: 'no-reopen', on: ['update'], fields: ['stage'] }, noop))
    p.endpoint({ method: 'GET', path: 'stage-order', roles: ['rep', 'admin'], input: {}, output: {}, handle: noop })
  },
})
const routing = definePlugin({
  id: 'routing',
  version: '0.3.0',
  core: '*',
  requires: { sales: '^1.0.0' },
  setup(p) {
    p.extend(routed)
    p.provide(service('routing.router'), {}, noop)
    p.hook(after(deal, { id: 'notify', on: ['create'] }, noop))
    p.hook(committed(deal, { id: 'tell' }, noop))
  },
})

const planOf = (...plugins: Plugin[]) => {
  const contributions = collectPlugins(plugins, coreVersion)
  const definitions = [compileDefinition({ handle: deal, author: 'sales', extensions: contributions.extensions })]
  const schema = { statements: ['CREATE TABLE crm_deal (\n  id uuid\n)'], conflicts: ['crm_deal.title is an integer'] }
  return printPlan({ contributions, definitions, engine: 'sqlite', schema, logic: () => null })
}

describe('the plan', () => {
  it('says all that plugins will do, one fact a line', () => {
    expect(`\n${planOf(sales(), routing())}\n`).toBe(`
engine  sqlite
plugin  sales    1.2.0
plugin  routing  0.3.0  requires sales
object  deal  crm_deal  by sales
field  deal.title    text    title                    by sales
field  deal.stage    choice  stage                    by sales
field  deal.amount   money   amount, amount_currency  by sales
field  deal.channel  text    channel                  by routing
path  deal  create  transaction     routing:notify runs after the write
path  deal  update  read and write  sales:no-reopen may read the whole record, when stage is sent
hook  before     deal  sales:no-reopen  on update                           fields stage
hook  after      deal  routing:notify   on create
hook  committed  deal  routing:tell     on create, update, delete, restore
service  routing.router  by routing
route  GET  /api/plugins/sales/stage-order  roles admin, rep
job  core.purge-decisions  tries 10  at once 1  priority low
job  core.purge-messages   tries 10  at once 1  priority low
job  core.run-decider      tries 10  at once 2  priority normal
schedule  core.purge-decisions  core.purge-decisions  at 03:10
schedule  core.purge-messages   core.purge-messages   at 03:20
ddl  CREATE TABLE crm_deal ( id uuid )
conflict  crm_deal.title is an integer
`)
  })

  it('is the same for every order of the plugins', () => {
    expect(String(planOf(routing(), sales()))).toBe(String(planOf(sales(), routing())))
  })

  it('is data too', () => {
    const plan = planOf(sales())
    expect(plan.objects[0]?.paths).toEqual([
      { operation: 'create', path: 'one statement', because: [] },
      { operation: 'update', path: 'read and write', because: ['sales:no-reopen may read the whole record, when stage is sent'] },
    ])
    expect(JSON.parse(JSON.stringify(plan)).engine).toBe('sqlite')
  })
})
