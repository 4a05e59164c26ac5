import type { AllocationDecision } from '../decider/allocation.ts'
import type { CandidateInput, DecisionInput } from '../decision/decision.ts'
import { decisionLimits } from '../decision/rows.ts'
import { coreReasons } from '../reason/core-reasons.ts'
import type { UnitScope } from '../scope/scope.ts'
import type { Seed } from '../statistics/random.ts'
import { endOfLog } from '../sweep/changes-of-run.ts'
import { logDecisions } from '../sweep/log.ts'
import { skippedNamed } from '../sweep/run-batches.ts'
import { readRun, type StoredRun, setRun } from '../sweep/run-rows.ts'
import { sliceSize } from '../sweep/sweep-rows.ts'
import type { Locked } from '../write/locked-read.ts'
import type { CompiledAllocation } from './compile.ts'
import { caseOf } from './count.ts'
import { type Fold, openFold, winnerOf } from './fold.ts'
import { lockMemory, putMemory, subjectSeed } from './memory.ts'
import { type Place, placeOf, SubjectPages } from './subject-page.ts'
import { type Decided, writeDecided } from './write-decided.ts'

/** Bounds of a run: decisions with an entry of their own in the log, and everybody considered in each. */
export const allocationLimits = { logged: 1_000, candidates: 50, page: 2_000 } as const

/** The next records of a run in one transaction, decided from the world as it is now. Whoever carries it on holds run and decider. */
export async function nextSlice(unit: UnitScope, decider: CompiledAllocation, id: string): Promise<StoredRun> {
  const { session, now } = unit.unit
  const { tenant } = unit.actor
  const run = await readRun(session, tenant, id, true)
  if (!run) throw new TypeError('A run is gone.')
  if (run.status !== 'running') return run
  const memory = await lockMemory(unit, decider.id, run.mode)
  const fold = await openFold(unit, decider, { at: run.at, seed: seedOfRun(run), kept: memory.kept })
  const slice = new Slice(unit, decider, run, fold)
  const isEnd = await slice.decide()
  const kept = decider.code.keep?.(fold.state) ?? null
  await putMemory(unit, { ...memory, kept, runs: memory.runs + (isEnd ? 1 : 0) })
  const log = isEnd ? await endOfLog(unit, slice.run) : slice.run.log
  const next: StoredRun = isEnd ? { ...slice.run, status: 'done', finishedAt: now, metrics: fold.metrics(), log } : slice.run
  await setRun(session, tenant, next)
  if (isEnd) await logDecisions(unit, decider.tenant, [endOf(next, standingOf(decider, fold))])
  return next
}

const seedOfRun = ({ seed }: StoredRun): Seed => seed ?? '0'.repeat(32)

/** A slice as it goes: what is decided, written and noted. */
class Slice {
  run: StoredRun
  readonly #unit: UnitScope
  readonly #decider: CompiledAllocation
  readonly #fold: Fold
  #seen = 0

  constructor(unit: UnitScope, decider: CompiledAllocation, run: StoredRun, fold: Fold) {
    this.#unit = unit
    this.#decider = decider
    this.run = run
    this.#fold = fold
  }

  /** True at the end of the run. What would be done in shadow is not there for the next slice to see, so that is one. */
  async decide(): Promise<boolean> {
    const most = this.run.mode === 'shadow' ? Number.MAX_SAFE_INTEGER : sliceSize
    const lock = this.run.mode === 'live'
    const pages = new SubjectPages(this.#unit, this.#decider, this.run.at, { limit: allocationLimits.page, lock })
    while (this.#seen < most && this.#left() > 0) {
      const after = this.run.cursor === null ? null : (JSON.parse(this.run.cursor) as Place)
      const { records, isLast } = await pages.read(after)
      await this.#page(records)
      if (isLast) return true
    }
    return this.#left() <= 0
  }

  /** What was counted, or what needs no counting: records that came meanwhile do not stretch a run beyond what was agreed to. */
  #left(): number {
    const { planned, affected, skipped } = this.run
    const { records } = this.#decider.body.blast
    return Math.max(planned, records ?? Number.MAX_SAFE_INTEGER) - affected - skipped.count
  }

  async #page(records: readonly Locked[]): Promise<void> {
    const room = this.#left()
    const decided: Decided[] = []
    const entries: DecisionInput[] = []
    const before = this.run.affected + this.run.unknown + this.run.skipped.count
    let nobody = 0
    let last: Locked | undefined
    for (const record of records) {
      const decision = this.#fold.next(record)
      const isLogged = before + decided.length + nobody < allocationLimits.logged
      if (isLogged) entries.push(this.#entry(record, decision))
      if (decision.set === null) nobody++
      else decided.push({ record, decision, isLogged })
      last = record
      if (decided.length === room) break
    }
    this.#seen += records.length
    const isLive = this.run.mode === 'live'
    const { written, skipped } = isLive
      ? await writeDecided(this.#unit, this.#decider, this.run.id, decided)
      : { written: decided.length, skipped: [] }
    await logDecisions(this.#unit, this.#decider.tenant, entries)
    const { affected, unknown } = this.run
    const cases = [...this.run.skipped.cases, ...skipped].slice(0, skippedNamed)
    const count = this.run.skipped.count + skipped.length
    if (last) this.run = { ...this.run, cursor: JSON.stringify(placeOf(this.#decider, last)) }
    this.run = { ...this.run, affected: affected + written, unknown: unknown + nobody, skipped: { count, cases } }
  }

  #entry(record: Locked, decision: AllocationDecision): DecisionInput {
    const { id, object, decider, version, mode, at } = this.run
    const { rule, because, values } = caseOf(this.#decider, record, decision)
    const shadow = mode === 'shadow' ? { because, values } : {}
    return {
      ...{ decider, version, mode, subject: { object, id: record.id }, at: this.#unit.unit.now },
      outcome: decision.set === null ? 'skipped' : 'decided',
      winner: winnerOf(decision),
      reasons: [decision.reason],
      inputs: { run: id, rule, at, ...shadow },
      candidates: nearest(decision),
      seed: subjectSeed(seedOfRun(this.run), record.id),
    }
  }
}

/** The winner, those who came next, and those who were left out, as many as are kept. */
export function nearest(decision: AllocationDecision): readonly CandidateInput[] {
  const winner = winnerOf(decision)
  const place = ({ id, rank }: CandidateInput): number => (id === winner ? 0 : (rank ?? Number.MAX_SAFE_INTEGER))
  return [...(decision.candidates?.() ?? [])].sort((a, b) => place(a) - place(b)).slice(0, allocationLimits.candidates)
}

function standingOf({ code }: CompiledAllocation, { state }: Fold): readonly CandidateInput[] {
  return (code.standing?.(state) ?? []).slice(0, decisionLimits.candidates)
}

function endOf(run: StoredRun, candidates: readonly CandidateInput[]): DecisionInput {
  const { id, decider, version, mode, at, affected, unknown, skipped, seed, metrics } = run
  return {
    ...{ decider, version, mode, outcome: 'decided', candidates, seed },
    reasons: [coreReasons.make.allocation_done({ count: affected, unknown })],
    inputs: { run: id, at, affected, unknown, skipped: skipped.count, metrics },
  }
}
