import { directoryObject } from '../expression/people.ts'
import { personObject, teamObject } from '../expression/schema.ts'
import { peopleWords, stateWords } from '../expression/sentence/people-words.ts'
import type { FieldDefinition, FieldStorage, ObjectDefinition } from '../object/definition.ts'
import { snakeCase } from '../object/names.ts'
import type { KindName } from '../object/schema.ts'
import type { TableSpec } from '../store/schema.ts'
import { personTable, teamTable } from '../store/system-tables.ts'

/** The state as it was entered, which is not the one that counts while somebody is away. */
const enteredState = 'enteredState'

const entered = { var: enteredState }
const [from, until, now] = [{ var: 'awayFrom' }, { var: 'awayTo' }, { now: [] }]

/** The state that counts at the time of the call: what `stateAt` says, in memory and in SQL. */
const state = {
  if: [
    { in: [entered, ['suspended', 'left']] },
    entered,
    {
      and: [
        { or: [{ '===': [entered, 'away'] }, { '!==': [from, null] }, { '!==': [until, null] }] },
        { or: [{ '===': [from, null] }, { '<=': [from, now] }] },
        { or: [{ '===': [until, null] }, { '<': [now, until] }] },
      ],
    },
    'away',
    { '===': [entered, 'away'] },
    'active',
    entered,
  ],
}

const tables: Readonly<Record<string, TableSpec>> = { [personObject]: personTable, [teamObject]: teamTable }

const stateOptions = directoryObject(personObject)?.fields.find(({ name }) => name === 'state')?.options

type Given = NonNullable<ReturnType<typeof directoryObject>>['fields'][number]

function fieldOf(table: TableSpec, { name, kind, to = null, options = [] }: Given): FieldDefinition {
  const column = table.columns.find((one) => one.name === (name === enteredState ? 'state' : snakeCase(name)))
  const formula = name === 'state' ? ({ logic: state, mode: 'read', currency: null } as const) : null
  const storage: FieldStorage = formula || !column ? { at: 'none' } : { at: 'columns', columns: [column] }
  const label = peopleWords[name] ?? peopleWords.state
  return {
    ...{ name, kind: kind as KindName, label: label ?? { 'zh-CN': name, en: name }, help: null, required: false, readOnly: true },
    ...{ unique: false, index: false, search: false, layer: 'system', author: 'core', storage },
    options: options.map(({ value }) => ({ value, label: stateWords[value] ?? { 'zh-CN': value, en: value } })),
    ...{ minLength: null, maxLength: null, minimum: null, maximum: null, scale: null, to: kind === 'reference' ? to : null, by: null },
    ...{ default: null, defaultLogic: null, formula, when: null },
  }
}

function definitionOf(name: string, label: ObjectDefinition['label']): readonly [string, ObjectDefinition] {
  const table = tables[name] as TableSpec
  const given = directoryObject(name)?.fields ?? []
  const isPerson = name === personObject
  const fields = [
    { name: 'id', kind: 'user' },
    ...given,
    ...(isPerson ? [{ name: enteredState, kind: 'choice', options: stateOptions }] : []),
  ].map((field) => fieldOf(table, field))
  return [
    name,
    {
      ...{ name, author: 'core', label, pluralLabel: label, help: null, nameField: 'name', options: {}, table, fields },
      ...{ field: new Map(fields.map((field) => [field.name, field])), searchable: false, hasLogic: isPerson },
    },
  ]
}

const definitions = new Map([
  definitionOf(personObject, { 'zh-CN': '人员', en: 'Person' }),
  definitionOf(teamObject, { 'zh-CN': '团队', en: 'Team' }),
])

/** People and teams as objects that paths lead to; undefined for any other name. They are no objects of the API. */
export const directoryDefinition = (name: string): ObjectDefinition | undefined => definitions.get(name)
