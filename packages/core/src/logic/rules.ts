import { CrmError, type ErrorEntry } from '../error/crm-error.ts'
import { errorTable } from '../error/table.ts'
import { condition } from '../expression/check/checker.ts'
import { compileNode } from '../expression/closure/compile.ts'
import type { Test } from '../expression/context.ts'
import { factsOf } from '../expression/facts.ts'
import type { FieldDefinition, ObjectDefinition } from '../object/definition.ts'
import { adminName } from '../object/ext-codec.ts'
import type { FieldConditions } from '../object/schema.ts'
import type { LogicBook } from './book.ts'
import { inDefinition, refused } from './refusal.ts'

/** A condition over a record, ready to ask. */
export interface RecordTest {
  readonly holds: Test
  /** The fields people and code write that it depends on. */
  readonly needs: ReadonlySet<string>
}

/** The conditions of one field. */
export interface FieldRules {
  readonly field: FieldDefinition
  /** JSON pointer. */
  readonly path: string
  readonly required: RecordTest | null
  readonly hidden: RecordTest | null
  readonly readOnly: RecordTest | null
  readonly clear: boolean
}

/** Something that must hold across fields. */
export interface RecordRule extends RecordTest {
  readonly id: string
  readonly refusal: CrmError
}

type Leaves = (names: readonly string[]) => ReadonlySet<string>

/** The conditional fields of an object. */
export function fieldRules(definition: ObjectDefinition, book: LogicBook, leaves: Leaves): readonly FieldRules[] {
  return definition.fields.flatMap((field) => {
    const { when } = field
    if (!when) return []
    const test = (key: keyof Omit<FieldConditions, 'clear'>): RecordTest | null =>
      when[key] === undefined ? null : book.attempt(() => recordTest(definition, book, when[key], `"${key}" of "${field.name}"`, leaves))
    return [
      {
        field,
        path: pathOf(field),
        required: test('required'),
        hidden: test('hidden'),
        readOnly: test('readOnly'),
        clear: when.clear === true,
      },
    ]
  })
}

/** What must hold across the fields of an object. */
export function recordRules(definition: ObjectDefinition, book: LogicBook, leaves: Leaves): readonly RecordRule[] {
  return (definition.options.validations ?? []).flatMap(({ id, logic, message, path }) => {
    const at = path === undefined ? undefined : definition.field.get(path)
    const entry: ErrorEntry = { ...errorTable.RECORD_RULE, message }
    const refusal = new CrmError('RECORD_RULE', entry, { rule: id }, { path: at ? pathOf(at) : '' })
    const test = book.attempt(() => recordTest(definition, book, logic, `validation "${id}"`, leaves))
    return test ? [{ id, refusal, ...test }] : []
  })
}

const pathOf = (field: FieldDefinition): string => {
  const admin = adminName(field)
  return admin === null ? `/${field.name}` : `/custom/${admin}`
}

function recordTest(definition: ObjectDefinition, book: LogicBook, logic: unknown, what: string, leaves: Leaves): RecordTest {
  return inDefinition(definition.name, what, () => {
    const node = condition(book.check(definition, logic, 'memory'))
    const { fieldsTouched, relationsNeeded } = factsOf(node)
    const [related] = relationsNeeded
    if (related) throw refused(definition.name, `${what} looks at "${related.path}"; it can use the record's own fields only`)
    return { holds: compileNode(node) as Test, needs: leaves(fieldsTouched) }
  })
}
