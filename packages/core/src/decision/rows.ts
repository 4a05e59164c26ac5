import { isTextId } from '../access/to-actor.ts'
import { crmError } from '../error/crm-error.ts'
import { newId } from '../id/uuid7.ts'
import type { Reason, StoredReason } from '../reason/reason.ts'
import type { RawRow } from '../store/port.ts'
import type { Candidate, CandidateInput, Decision, DecisionInput, DecisionMode } from './decision.ts'

/** Bounds of one call, and of what one decision may hold. */
export const decisionLimits = { decisions: 1_000, candidates: 1_000, inputs: 100_000, keepDays: 3_650 } as const

const dayLength = 86_400_000
const keptDays = 400

/** Columns of a decision, in the order of {@link decisionRow}. */
export const decisionColumns = [
  ...['id', 'decider', 'version', 'config_version', 'mode', 'object', 'subject_id', 'outcome', 'winner', 'reasons', 'inputs'],
  ...['seed', 'at', 'expires_at', 'actor_kind', 'actor_id'],
] as const

/** Columns of somebody considered, in the order of {@link candidateRow}. */
export const candidateColumns = ['decision_id', 'candidate', 'won', 'rank', 'reasons', 'facts', 'expires_at'] as const

/** What all decisions of one call have in common. */
export interface DecisionStamp {
  readonly now: number
  readonly configVersion: number
  readonly actor: Decision['actor']
}

/** The rows of a decision and of everybody considered, without their tenant. */
export function rowsOfDecision(input: DecisionInput, stamp: DecisionStamp): { id: string; decision: unknown[]; candidates: unknown[][] } {
  requireDecision(input)
  const { decider, version = 1, mode = 'live', subject = null, outcome, winner = null, reasons = [], inputs = {}, seed = null } = input
  const { at = stamp.now, keepDays = keptDays, candidates = [] } = input
  const id = newId()
  const expires = at + keepDays * dayLength
  const about = [subject?.object ?? null, subject?.id ?? null]
  const why = [JSON.stringify(reasons.map(stored)), JSON.stringify(inputs)]
  const decision = [id, decider, version, stamp.configVersion, mode, ...about, outcome, winner, ...why, seed, at, expires]
  return {
    id,
    decision: [...decision, stamp.actor.kind, stamp.actor.id],
    candidates: candidates.map((one) => candidateRow(id, one, winner, expires)),
  }
}

function candidateRow(
  decision: string,
  { id, reasons = [], rank = null, facts = {} }: CandidateInput,
  winner: string | null,
  expires: number,
): unknown[] {
  return [decision, id, id === winner, rank, JSON.stringify(reasons.map(stored)), JSON.stringify(facts), expires]
}

/** Makes sentences of a kept reason again. */
export type Revive = (stored: StoredReason) => Reason

/** A decision out of its row. */
export function decodeDecision(row: RawRow, revive: Revive): Decision {
  return {
    id: String(row.id),
    decider: String(row.decider),
    version: Number(row.version),
    configVersion: Number(row.config_version),
    mode: String(row.mode) as DecisionMode,
    subject: row.subject_id === null ? null : { object: String(row.object), id: String(row.subject_id) },
    outcome: String(row.outcome) as Decision['outcome'],
    winner: textOrNull(row.winner),
    reasons: json<StoredReason[]>(row.reasons).map(revive),
    inputs: json(row.inputs),
    seed: textOrNull(row.seed),
    at: Number(row.at),
    actor: { kind: String(row.actor_kind), id: String(row.actor_id) },
  }
}

/** Somebody considered out of their row. */
export function decodeCandidate(row: RawRow, revive: Revive): Candidate {
  return {
    id: String(row.candidate),
    won: row.won === true || Number(row.won) === 1,
    rank: row.rank === null ? null : Number(row.rank),
    reasons: json<StoredReason[]>(row.reasons).map(revive),
    facts: json(row.facts),
  }
}

function requireDecision({ decider, candidates = [], inputs = {}, keepDays = keptDays, at = 0, winner }: DecisionInput): void {
  if (!isTextId(decider)) throw refuse('decider', 'the id of the decider is expected')
  if (winner !== undefined && winner !== null && !isTextId(winner)) throw refuse('winner', 'an id is expected')
  if (candidates.length > decisionLimits.candidates)
    throw crmError('LIMIT_EXCEEDED', { what: 'candidates', limit: decisionLimits.candidates }, { path: '/candidates' })
  if (!candidates.every(({ id }) => isTextId(id)) || new Set(candidates.map(({ id }) => id)).size < candidates.length)
    throw refuse('candidates', 'each has an id of its own')
  if (JSON.stringify(inputs).length > decisionLimits.inputs)
    throw crmError('LIMIT_EXCEEDED', { what: 'characters of inputs', limit: decisionLimits.inputs }, { path: '/inputs' })
  if (!Number.isSafeInteger(keepDays) || keepDays < 1 || keepDays > decisionLimits.keepDays)
    throw refuse('keepDays', `it must be 1 to ${decisionLimits.keepDays}`)
  if (!Number.isSafeInteger(at)) throw refuse('at', 'integer milliseconds UTC are expected')
}

function stored({ code, data }: Reason | StoredReason): StoredReason {
  return { code, data }
}

function json<T>(value: unknown): T {
  return (typeof value === 'string' ? JSON.parse(value) : value) as T
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}

function refuse(name: string, reason: string) {
  return crmError('PARAMETER_INVALID', { name, reason }, { path: `/${name}` })
}
