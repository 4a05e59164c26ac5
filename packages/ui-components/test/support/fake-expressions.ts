import { type CompiledExpression, compileShort, type Explanation, formsWith, type OperatorDefinition } from '@guanxi/core/expression'
import type { CrmRecord, ObjectView } from '../../src/client/types.ts'

type Where = Record<string, unknown>
type Records = ReadonlyMap<string, readonly CrmRecord[]>

/** Conditions as the real server takes them, by the real engine: what the simple form of the fake does not know. */
export class FakeExpressions {
  readonly #objects: readonly ObjectView[]
  readonly #records: Records
  readonly #now: number
  readonly #forms: ReturnType<typeof formsWith>

  constructor(objects: readonly ObjectView[], records: Records, now: number, operators: readonly OperatorDefinition[] = []) {
    this.#objects = objects
    this.#records = records
    this.#now = now
    this.#forms = formsWith(operators)
  }

  /** Is it an expression, not the simple form? */
  static is(where: Where): boolean {
    return /"(var|and|or|!)":/.test(JSON.stringify(where)) && JSON.stringify(where).includes('"var"')
  }

  matcher(object: string, where: Where): (record: CrmRecord) => boolean {
    const rule = this.#compile(object, where)
    return (record) => rule.evaluate(this.#withRelated(object, record, rule), this.#context) === true
  }

  explain(object: string, record: CrmRecord, where: Where): Promise<Explanation> {
    const rule = this.#compile(object, where)
    return rule.explain(this.#withRelated(object, record, rule), this.#context)
  }

  get #context() {
    return { now: this.#now, zone: 'Asia/Shanghai', actor: { id: 'u-li', personId: 'u-li', teamIds: ['east'], roles: ['rep'] } }
  }

  #object(name: string): ObjectView | undefined {
    return this.#objects.find((one) => one.name === name)
  }

  #compile(name: string, where: Where): CompiledExpression {
    const object = this.#object(name)
    if (!object) throw new Error(`no object ${name}`)
    const source = { object, objects: (one: string) => this.#object(one), forms: this.#forms }
    return compileShort(where, source)
  }

  #withRelated(name: string, record: CrmRecord, rule: CompiledExpression): CrmRecord {
    return this.#joined(
      name,
      record,
      rule.relationsNeeded.map(({ path }) => path),
    )
  }

  #joined(name: string, record: CrmRecord, paths: readonly string[]): CrmRecord {
    const object = this.#object(name)
    const related = Object.fromEntries(
      paths
        .filter((path) => !path.includes('.'))
        .map((path) => {
          const field = object?.fields.find((one) => one.name === path)
          const deeper = paths.filter((one) => one.startsWith(`${path}.`)).map((one) => one.slice(path.length + 1))
          const rows = this.#records.get(field?.to ?? '') ?? []
          const join = (one: CrmRecord) => this.#joined(field?.to ?? '', one, deeper)
          if (field?.kind === 'children') return [path, rows.filter((row) => row[field.by ?? ''] === record.id).map(join)]
          const found = rows.find((row) => row.id === record[path])
          return [path, found ? join(found) : null]
        }),
    )
    return { ...record, related } as CrmRecord
  }
}
