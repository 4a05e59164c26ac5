import { sameValue } from '../client/record.ts'
import type { CrmRecord, ObjectView, RecordValues } from '../client/types.ts'
import type { CrmField } from '../field/field.ts'
import type { Conflict } from './conflict.ts'
import { Draft } from './draft.ts'
import { newKey } from './key.ts'
import type { FormLogic } from './logic.ts'
import type { FormProblem } from './problems.ts'

/** One round of editing: from a record, or from nothing, to the answer of the server. */
export class Editing {
  draft = new Draft(null)
  conflict: Conflict | null = null
  /** The server's objections by field, and those that belong to none. */
  errors: ReadonlyMap<string, string> = new Map()
  general: readonly FormProblem[] = []
  /** Fields that somebody has entered something in, or taken it out. */
  touched = new Set<string>()
  /** The object's expressions; null where it has none. */
  logic: FormLogic | null = null
  /** Has it been tried? From then on every problem is shown. */
  submitted = false
  /** The same for every attempt of one round, so that a repeated create is carried out once. */
  key = newKey()

  begin(object: ObjectView | null, record: CrmRecord | null, values: RecordValues | null): void {
    const defaults = record
      ? []
      : (object?.fields ?? []).filter((field) => field.default !== undefined && field.default !== null && !field.readOnly)
    const given = defaults.map((field) => [field.name, field.default] as const)
    const preset = Object.entries(values ?? {}).filter(([name]) => name !== 'related')
    this.draft = record ? new Draft(record, preset) : new Draft(null, [], [...given, ...preset])
    this.touched = new Set(preset.map(([name]) => name))
    this.logic?.follow(this.draft, this.touched)
    this.conflict = null
    this.errors = new Map()
    this.general = []
    this.submitted = false
    this.key = newKey()
  }

  /** Something was entered. True when other fields follow from it. */
  change(name: string, value: unknown): boolean {
    this.draft.set(name, value)
    this.errors = new Map([...this.errors].filter(([one]) => one !== name))
    this.touched.add(name)
    return this.logic?.follow(this.draft, this.touched) ?? false
  }

  /** What a field shows. */
  shown(name: string): unknown {
    return this.logic ? this.logic.shown(name, this.draft) : this.draft.value(name)
  }

  /** What is to be sent. */
  get patch(): RecordValues {
    return this.logic?.patch(this.draft.edits) ?? this.draft.patch
  }

  /** One more objection to a field. */
  object(name: string, message: string): void {
    this.errors = new Map([...this.errors, [name, message] as const])
  }

  /** Another attempt: old objections are void. */
  attempt(): void {
    this.submitted = true
    this.errors = new Map()
    this.general = []
  }

  refuse(problems: readonly FormProblem[]): void {
    this.errors = new Map(problems.flatMap(({ name, message }) => (name === null ? [] : [[name, message] as const])))
    this.general = problems.filter((problem) => problem.name === null)
  }

  /** Goes on from the record the others have made. */
  rebase(draft: Draft): void {
    this.draft = draft
    this.logic?.follow(this.draft, this.touched)
    this.conflict = null
  }

  /** Keeps what was entered after `sent` had gone out. */
  keepLater(later: ReadonlyMap<string, unknown>, sent: ReadonlyMap<string, unknown>): void {
    for (const [name, value] of later) if (!sameValue(value, sent.get(name))) this.draft.set(name, value)
  }

  /** All problems there are, fields in their order first. */
  problems(fields: readonly CrmField[]): readonly FormProblem[] {
    if (!this.submitted) return this.general
    // An objection may not have reached its field yet: fields are drawn after the form.
    const own = fields.map(({ name, validationMessage }) => ({ name, message: this.errors.get(name) ?? validationMessage }))
    return [...own.filter((problem) => problem.message !== ''), ...this.general]
  }
}
