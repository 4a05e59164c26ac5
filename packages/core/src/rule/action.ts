import type { SaveKind } from '../decider/save-rule.ts'
import { crmError } from '../error/crm-error.ts'
import type { HookContext } from '../hook/hook.ts'
import type { Words } from '../locale/locale.ts'
import type { ObjectHandle } from '../object/handle.ts'
import type { Records } from '../record/records.ts'
import type { SettingQuestion } from '../settings/settings.ts'
import type { WorkingTime } from '../time/working-time.ts'
import type { Webhooks } from '../webhook/webhook.ts'

/** One record that a rule with this action acts on. */
export interface ActionCase<P = Readonly<Record<string, unknown>>> {
  readonly object: string
  readonly id: string
  /** The record as written. */
  readonly record: Readonly<Record<string, unknown>>
  readonly previous: Readonly<Record<string, unknown>> | null
  /** As the rule says, expressions evaluated and texts filled in. */
  readonly params: P
  readonly rule: { readonly decider: string; readonly version: number; readonly rule: string }
  readonly because: Readonly<Record<'zh-CN' | 'en', string>> | null
}

/** What an action gets: what hooks after the write have, with the rights of the rule. */
export interface ActionContext extends HookContext {
  /** Records as the system, whatever the rights of the rule: for what is the plugin's own. */
  system<T extends object>(object: ObjectHandle<T>): Records<T>
  /** Webhooks, with the transaction and as the system: who wrote the rule was allowed to. */
  readonly webhooks: Pick<Webhooks, 'send'>
  /** Working time of the one who saved, of somebody else, or of the organisation. */
  workingTime(question?: SettingQuestion): Promise<WorkingTime>
}

/** An action as a plugin writes it. */
export interface ActionInput<P> {
  /** `<plugin>.<name>`. */
  readonly id: string
  readonly label: Words
  readonly help?: Words
  /** Names of the objects it is for; all unless said. */
  readonly objects?: readonly string[]
  /**
   * JSON Schema of an object. A property with `'x-expression': true` takes an expression instead of its value, one with `'x-text': true` a
   * text (or words in both languages) with the rule's `{name}` places.
   */
  readonly params: Readonly<Record<string, unknown>>
  /**
   * Carries it out after the write, in its transaction, for all records of the write at once. It acts with the rights of the one who
   * saved, unless the rule is elevated. What reaches the world outside is put there as a job.
   */
  readonly run: (cases: readonly ActionCase<P>[], context: ActionContext) => void | Promise<void>
}

/** An action as registered. */
export interface Action {
  readonly id: string
  readonly label: Words
  readonly help: Words | null
  readonly objects: readonly string[] | null
  readonly params: Readonly<Record<string, unknown>>
  readonly phase: 'check' | 'before' | 'after'
  readonly kinds: readonly SaveKind[]
  readonly run: ((cases: readonly ActionCase[], context: ActionContext) => void | Promise<void>) | null
}

/** Declares something that rules of administrators can do. Throws ACTION_INVALID. */
export function defineAction<P extends object>(input: ActionInput<P>): Action {
  const { id, label, help = null, objects = null, params, run } = input
  const reason = actionProblem(input)
  if (reason !== null) throw crmError('ACTION_INVALID', { action: String(id).slice(0, 100), reason })
  const action: Action = { id, label, help, objects, params, phase: 'after', kinds: ['automation'], run: run as unknown as Action['run'] }
  return Object.freeze(action)
}

function actionProblem({ id, label, params, run }: ActionInput<never>): string | null {
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]*\.[a-zA-Z][a-zA-Z0-9-]{0,62}$/.test(id)) return 'its id must be <plugin>.<name>'
  if (!label?.['zh-CN'] || !label.en) return 'it needs a label in both languages'
  if (params?.type !== 'object') return 'its params are no JSON Schema of an object'
  return typeof run === 'function' ? null : 'it does nothing'
}
