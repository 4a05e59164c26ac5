import type { ColumnSpec, IndexSpec, TableSpec } from '../store/schema.ts'
import { systemTables } from '../store/system-tables.ts'
import { refuse } from './define-object.ts'
import type { FieldDefinition } from './definition.ts'
import { identifier } from './names.ts'
import { deletedByColumn, extColumn, nameColumns, tenantColumn } from './system-fields.ts'

/** The table of an object. All columns of fields are nullable, see {@link compileField}. */
export function tableSpec(
  object: string,
  fields: readonly FieldDefinition[],
  indexes: readonly (readonly string[])[],
  named: boolean,
): TableSpec {
  const name = identifier('crm', object)
  const system = fields.filter((field) => field.layer === 'system').flatMap(columnsOf)
  const own = fields.filter((field) => field.layer !== 'system').flatMap(columnsOf)
  const derived: ColumnSpec[] = named ? nameColumns.map((column) => ({ name: column, type: 'text', nullable: true })) : []
  const columns = [tenantColumn, ...system, deletedByColumn, ...derived, ...own, extColumn]
  const specs = indexSpecs(object, fields, indexes, named)
  refuse(object, [...tableProblems(name, fields), ...columnProblems(fields, columns), ...indexProblems(specs)])
  return { name, columns, primaryKey: ['tenant_id', 'id'], indexes: specs }
}

/** Physical columns of a field. */
export function columnsOf(field: FieldDefinition): readonly ColumnSpec[] {
  return 'columns' in field.storage ? field.storage.columns : []
}

/** Amounts are compared within a currency, so the currency leads. */
function keyColumns(field: FieldDefinition): string[] {
  const names = columnsOf(field).map((column) => column.name)
  return field.kind === 'money' ? names.reverse() : names
}

function indexSpecs(
  object: string,
  fields: readonly FieldDefinition[],
  indexes: readonly (readonly string[])[],
  named: boolean,
): IndexSpec[] {
  const made = new Map<string, IndexSpec>()
  const add = (columns: readonly string[], only: Pick<IndexSpec, 'only'> = {}) => {
    const name = identifier('crm', object, ...columns, 'idx')
    made.set(columns.join(), { name, columns, ...only })
  }
  // Who points to nothing is not looked for by what it points to, and most references of a record are empty: a write saves their trees.
  const pointing = { only: 'set' } as const
  add(['created_at', 'id'])
  add(['owner_id'], pointing)
  if (named) add(['name_sort', 'id'])
  for (const field of fields) {
    if (field.layer === 'system' || field.storage.at !== 'columns') continue
    if (field.unique) made.set(`unique ${field.name}`, uniqueIndex(object, field))
    else if (field.kind === 'reference') add(keyColumns(field), pointing)
    else if (field.index) add([...keyColumns(field), 'id'])
  }
  for (const names of indexes) {
    const columns = compositeColumns(object, fields, names)
    // The id at the end is what a page is sorted by last; the name is that of the index without it.
    made.set(columns.join(), {
      name: identifier('crm', object, ...columns, 'idx'),
      columns: columns.includes('id') ? columns : [...columns, 'id'],
    })
  }
  return [...made.values()]
}

const uniqueIndex = (object: string, field: FieldDefinition): IndexSpec => ({
  name: identifier('crm', object, ...keyColumns(field), 'key'),
  columns: keyColumns(field),
  unique: true,
  only: 'live',
})

function compositeColumns(object: string, fields: readonly FieldDefinition[], names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const field = fields.find((candidate) => candidate.name === name)
    const columns = field ? keyColumns(field) : []
    const isIndexable =
      field !== undefined && columns.length > 0 && !columnsOf(field).some(({ type }) => type === 'json') && field.kind !== 'longText'
    if (!isIndexable) refuse(object, [`"indexes" names "${name}", which is no field with a column that can be indexed; take it out`])
    return columns
  })
}

const systemTableNames = new Set(systemTables.map((table) => table.name))

function tableProblems(name: string, fields: readonly FieldDefinition[]): string[] {
  const names = [name, ...fields.flatMap((field) => (field.storage.at === 'links' ? [field.storage.table.name] : []))]
  return names
    .filter((table) => systemTableNames.has(table))
    .map((table) => `its table "${table}" is one of the core's own; choose another name`)
}

function columnProblems(fields: readonly FieldDefinition[], columns: readonly ColumnSpec[]): string[] {
  return repeated(columns.map((column) => column.name)).map((name) => {
    const owners = fields.filter((field) => columnsOf(field).some((column) => column.name === name))
    return `the column "${name}" is needed twice (${owners.map((field) => field.name).join(', ')}); rename one of the fields`
  })
}

const indexProblems = (specs: readonly IndexSpec[]) =>
  repeated(specs.map((spec) => spec.name)).map((name) => `the index "${name}" is there twice; rename a field or take an index out`)

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.filter((name) => seen.has(name) || !seen.add(name))
}
