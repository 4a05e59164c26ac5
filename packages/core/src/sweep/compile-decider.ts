import type { DeciderBody } from '../decider/body.ts'
import { crmError } from '../error/crm-error.ts'
import type { CompiledExpression } from '../expression/compile-expression.ts'
import type { Words } from '../locale/locale.ts'
import type { Scope } from '../scope/scope.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { type Check, checkOf } from './check.ts'
import { type CompiledSet, compileSet } from './compile-set.ts'
import { settingValues, withSettings } from './setting-values.ts'

/** A value of a rule's sentence. */
export interface CompiledFact {
  readonly name: string
  readonly expression: CompiledExpression
}

/** A rule, checked against the fields of the tenant. */
export interface CompiledRule {
  readonly id: string
  readonly when: CompiledExpression
  readonly sets: readonly CompiledSet[]
  readonly facts: readonly CompiledFact[]
  readonly sentence: Words
}

/** A version of a decider, ready to run in one tenant at one revision. */
export interface CompiledDecider {
  readonly id: string
  readonly version: number
  readonly body: DeciderBody
  readonly tenant: Tenant
  readonly runtime: ObjectRuntime
  readonly rules: readonly CompiledRule[]
  /** Which records a pilot is about; null = all. */
  readonly part: CompiledExpression | null
  /** All fields that any rule sets. */
  readonly fields: readonly CompiledSet['field'][]
}

/** What is compiled. */
export interface DeciderSource {
  readonly id: string
  readonly version: number
  readonly body: DeciderBody
  readonly pilot?: unknown
}

/** Checks a version. The rights are those of the scope: the system's for what runs, an admin's own for what they write. */
export function compileDecider(scope: Scope, tenant: Tenant, { id, version, body, pilot }: DeciderSource): CompiledDecider {
  const runtime = tenant.runtime(body.object)
  const check = checkOf(scope, tenant, body.object)
  const settings = settingValues(scope.kernel, tenant, body.settings)
  const rules = body.rules.map((rule, index): CompiledRule => {
    const path = `/rules/${index}`
    const { values = {}, 'zh-CN': zh, en } = rule.because
    return {
      id: rule.id,
      when: check.condition(withSettings(rule.when, settings), `${path}/when`),
      sets: Object.entries(rule.set).map(([name, value]) =>
        compileSet(scope, runtime.definition, check, name, withSettings(value, settings), `${path}/set/${name}`),
      ),
      facts: Object.entries(values).map(([name, logic]) =>
        factOf(check, name, withSettings(logic, settings), `${path}/because/values/${name}`),
      ),
      sentence: { 'zh-CN': zh, en },
    }
  })
  const part = pilot === undefined || pilot === null ? null : check.condition(pilot, '/pilot')
  const fields = [...new Set(rules.flatMap(({ sets }) => sets.map(({ field }) => field)))]
  return { id, version, body, tenant, runtime, rules, part, fields }
}

const shown = new Set(['text', 'choice', 'id', 'date', 'int', 'num', 'decimal', 'money', 'bool', 'instant'])

function factOf(check: Check, name: string, logic: unknown, path: string): CompiledFact {
  const expression = check.value(logic, path)
  if (shown.has(expression.type.is)) return { name, expression }
  throw crmError('RULE_TYPE', { expected: 'text', found: expression.type.is }, { path })
}
