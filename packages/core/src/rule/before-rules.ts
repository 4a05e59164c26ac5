import { crmError } from '../error/crm-error.ts'
import type { ExpressionContext } from '../expression/context.ts'
import { applyPatch } from '../hook/apply-patch.ts'
import type { HookRecord } from '../hook/hook-record.ts'
import { Signature } from '../hook/signature.ts'
import { isWithin } from '../logic/needed.ts'
import type { Scope } from '../scope/scope.ts'
import { patchOf } from '../sweep/compile-set.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { NeedsRecord, NeedsUnit } from '../write/needs-more.ts'
import { computeStored } from '../write/stored-formulas.ts'
import { actingRules, changes, contextFor, differing, isConcerned, pointsOf, valuesSet } from './at-work.ts'
import { budget } from './budget.ts'
import type { CompiledSave } from './compile-save.ts'
import type { RuleGroup } from './group.ts'
import { type Acting, firedOf, type ShadowActing } from './outcome.ts'
import { type ObjectRules, rulesOf } from './rules-of.ts'

/** Lets rules set fields, and notes what is to be done after the write. */
export function setByRules(scope: Scope, tenant: Tenant, runtime: ObjectRuntime, drafts: readonly HookRecord[]): void {
  const rules = rulesOf(scope, tenant, runtime.definition.name)
  if (!rules || rules.acting.length === 0) return
  for (const draft of drafts) {
    if (draft.operation !== 'create' && draft.operation !== 'update') continue
    const { touched } = draft
    const group = rules.concerned('acting', draft.operation, touched)
    if (group.deciders.length === 0) continue
    const context = new ContextOnce(scope, tenant, draft)
    const found = candidates(group, draft, touched, context)
    if (found.size === 0) continue
    new Pass(scope, runtime, rules, draft, context).run(found)
    const { outcome } = draft
    if (outcome && !scope.unit && (outcome.after.length > 0 || outcome.shadow.length > 0)) throw new NeedsUnit()
  }
}

/** The deciders a record makes look; throws NeedsRecord where too little of it is known to tell. */
export function candidates(group: RuleGroup, draft: HookRecord, touched: ReadonlySet<string>, once: ContextOnce): Set<CompiledSave> {
  const context = group.usesContext ? once.get() : noContext
  if (draft.operation === 'create' || draft.previous) return group.matching(draft.next, context)
  const found = group.possible(draft.next, context, touched)
  for (const { reads, needsPrevious } of found) if (needsPrevious || !isWithin(reads, touched)) throw new NeedsRecord()
  return found
}

const noContext: ExpressionContext = { now: 0 }

/** What rules know of a save besides the record, made when the first one asks: most saves concern none. */
export class ContextOnce {
  readonly #make: () => ExpressionContext
  #made: ExpressionContext | null = null

  constructor(scope: Scope, tenant: Tenant, draft: HookRecord) {
    this.#make = () => contextFor(scope, tenant, draft)
  }

  get(): ExpressionContext {
    this.#made ??= this.#make()
    return this.#made
  }
}

/** One record on its way through the deciders: each in its turn, again only when another one has changed what it looks at. */
class Pass {
  readonly #scope: Scope
  readonly #runtime: ObjectRuntime
  readonly #rules: ObjectRules
  readonly #draft: HookRecord
  readonly #once: ContextOnce
  readonly #context: ExpressionContext
  readonly #acted = new Map<CompiledSave, readonly Acting[]>()
  /** Who set fields, in the form of their author. */
  readonly #wrote = new Map<string, readonly Acting[]>()
  readonly #rounds = new Map<CompiledSave, number>()
  readonly #trail: string[] = []
  readonly #shadow = new Map<CompiledSave, readonly ShadowActing[]>()
  #steps = 0

  constructor(scope: Scope, runtime: ObjectRuntime, rules: ObjectRules, draft: HookRecord, once: ContextOnce) {
    this.#scope = scope
    this.#runtime = runtime
    this.#rules = rules
    this.#draft = draft
    this.#once = once
    this.#context = once.get()
  }

  run(found: ReadonlySet<CompiledSave>): void {
    const waiting = new Set(found)
    for (let next = this.#first(waiting); next; next = this.#first(waiting)) {
      waiting.delete(next)
      for (const other of this.#turn(next)) if (other !== next) waiting.add(other)
    }
    const acted = [...this.#acted.values()].flat()
    const shadow = [...this.#shadow.values()].flat()
    const fired = this.#fired(acted)
    if (fired.length === 0 && shadow.length === 0) return
    const after = acted.filter(({ rule }) => rule.actions.some(({ action }) => action.phase === 'after'))
    this.#draft.outcome = { fired: fired.map(firedOf), after, shadow }
  }

  /** Those that hold now, and those whose values stayed though they hold no more. */
  #fired(acted: readonly Acting[]): readonly Acting[] {
    const authors = new Set(this.#draft.authors.values())
    const wrote = [...this.#wrote].flatMap(([author, acting]) => (authors.has(author) ? acting : []))
    return [...new Map([...wrote, ...acted].map((one) => [one.rule, one])).values()]
  }

  #first(waiting: ReadonlySet<CompiledSave>): CompiledSave | undefined {
    return waiting.size === 0 ? undefined : this.#rules.acting.find((one) => waiting.has(one))
  }

  /** The deciders that look again, because of what this one has set. */
  #turn(decider: CompiledSave): Iterable<CompiledSave> {
    this.#spend(decider)
    const draft = this.#draft
    const isNews = decider.body.kind !== 'automation' || draft.operation === 'create' || changes(draft, decider)
    const acting = isNews ? actingRules(this.#scope, decider, draft.next, this.#context) : []
    const values = this.#values(decider, acting)
    if (decider.stage === 'shadow') {
      const would = differing(this.#runtime, draft.next, values)
      this.#shadow.set(
        decider,
        acting.map((one) => ({ ...one, refused: false, values: would })),
      )
      return []
    }
    if (acting.length > 0 || this.#acted.has(decider)) this.#acted.set(decider, acting)
    const changed = Object.keys(differing(this.#runtime, draft.next, values))
    if (changed.length === 0) return []
    this.#set(decider, acting, values)
    return candidates(this.#rules.concerned('acting', 'update', new Set(changed)), draft, draft.touched, this.#once)
  }

  /** A score is written where none of its rules holds, too, unless the one who saves is left alone. */
  #values(decider: CompiledSave, acting: readonly Acting[]): ReadonlyMap<string, unknown> {
    const { into, body } = decider
    if (body.kind !== 'score' || !into) return valuesSet(acting, this.#draft.next, this.#context)
    if (acting.length === 0 && !isConcerned(this.#scope, decider, this.#draft.next, this.#context)) return new Map()
    return new Map([[into.name, pointsOf(acting, this.#draft.next, this.#context)]])
  }

  #set(decider: CompiledSave, acting: readonly Acting[], values: ReadonlyMap<string, unknown>): void {
    const { field } = this.#runtime.definition
    const patch = patchOf([...values].flatMap(([name, value]) => (field.has(name) ? [[field.get(name) as never, value] as const] : [])))
    const author = `rule:${decider.id}@${decider.version}/${acting[0]?.rule.id ?? ''}`
    this.#wrote.set(author, acting)
    applyPatch(this.#draft, patch, new Signature(author, (name) => field.has(name)))
    computeStored(this.#scope, this.#runtime, this.#draft)
  }

  #spend(decider: CompiledSave): void {
    const rounds = (this.#rounds.get(decider) ?? 0) + 1
    this.#rounds.set(decider, rounds)
    this.#trail.push(decider.id)
    if (rounds > budget.rounds) throw crmError('RULE_LOOP', { chain: this.#cycle(decider.id) })
    this.#steps += decider.cost
    if (this.#steps > budget.steps) throw crmError('RULE_BUDGET', { limit: budget.steps, rule: decider.id })
  }

  /** From one turn of a decider to its last. */
  #cycle(id: string): string {
    const end = this.#trail.lastIndexOf(id)
    return this.#trail.slice(this.#trail.lastIndexOf(id, end - 1), end + 1).join(' → ')
  }
}
