import type * as engine from '@guanxi/adapters/import'
import { personDefinition, repairs } from '@guanxi/adapters/import'
import { expect, expectTypeOf, test } from 'vitest'
import type * as client from '../../packages/ui-components/src/client/import-types.ts'
import { zhCN } from '../../packages/ui-components/src/import/messages/zh-CN.ts'
import { peopleView } from '../../packages/ui-components/src/import/people-object.ts'

test('the component knows imports by the types that the engine has', () => {
  expectTypeOf<client.ImportMapping>().toExtend<engine.ImportMapping>()
  expectTypeOf<engine.ImportMapping>().toExtend<client.ImportMapping>()
  expectTypeOf<Omit<engine.Preview, 'notices'>>().toExtend<Omit<client.Preview, 'notices'>>()
  expectTypeOf<engine.DryRunResult>().toExtend<client.Rehearsal>()
  expectTypeOf<engine.RowResult>().toExtend<client.RowResult>()
  expectTypeOf<engine.NamedMapping>().toExtend<client.NamedMapping>()
})

test('the component knows the same of people as the directory that takes them', () => {
  const server = personDefinition.fields.map(({ name, kind, label, required, options }) => [
    name,
    kind,
    label,
    required,
    options.map(({ value, label: words }) => [value, words]),
  ])
  const shown = peopleView.fields.map(({ name, kind, label, required = false, options = [] }) => [
    name,
    kind,
    label,
    required,
    options.map(({ value, label: words }) => [value, words]),
  ])
  expect(shown).toEqual(server)
})

test('every kind of repair has its words in the component', () => {
  const words = Object.keys(zhCN).filter((key) => key.startsWith('import.repair.'))
  expect(words.map((key) => key.slice('import.repair.'.length)).sort()).toEqual(Object.keys(repairs).sort())
})
