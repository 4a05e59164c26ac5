import type { Decision, DecisionOutline, DecisionQuery, Decisions } from '../decision/decision.ts'
import { type Asked, candidatesPlan, decisionsById, decisionsPlan, expired, lostAfter, lostPlan } from '../decision/plans.ts'
import { candidateColumns, decisionColumns, decisionLimits, decodeCandidate, decodeDecision, rowsOfDecision } from '../decision/rows.ts'
import { crmError } from '../error/crm-error.ts'
import { reviveReason } from '../reason/revive-reason.ts'
import { createRecords } from '../record/create-records.ts'
import { authorise, inUnit, nowOf, type Scope, sessionOf } from '../scope/scope.ts'
import { candidateTable, decisionTable } from '../store/system-tables.ts'
import { decidedAbout } from '../sweep/why.ts'

/** The pseudo-object whose grants decide about the log. */
const object = 'decisions'
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The log of decisions as one actor reads it and writes it. */
export function createDecisions(scope: Scope): Decisions {
  const { actor, kernel } = scope
  const { tenant } = actor
  const revive = (stored: Parameters<typeof reviveReason>[1]) => reviveReason(kernel.contributions.reasons, stored)
  return {
    record: async (inputs) => {
      authorise(scope, 'create', object)
      if (inputs.length > decisionLimits.decisions) throw crmError('LIMIT_EXCEEDED', { what: 'decisions', limit: decisionLimits.decisions })
      const { revision } = await kernel.tenants.get(scope)
      const stamp = { now: nowOf(scope), configVersion: revision, actor: { kind: actor.kind, id: actor.id } }
      const rows = inputs.map((input) => rowsOfDecision(input, stamp))
      const candidates = rows.flatMap((row) => row.candidates.map((candidate) => [tenant, ...candidate]))
      await inUnit(scope, async ({ unit: { session } }) => {
        const decisions = rows.map(({ decision }) => [tenant, ...decision])
        if (decisions.length > 0)
          await session.put({ table: decisionTable, columns: ['tenant_id', ...decisionColumns] }, decisions, 'error')
        for (let start = 0; start < candidates.length; start += 1_000)
          await session.put(
            { table: candidateTable, columns: ['tenant_id', ...candidateColumns] },
            candidates.slice(start, start + 1_000),
            'error',
          )
      })
      return rows.map(({ id }) => id)
    },
    find: async ({ subjectId, decider, mode, ...page } = {}) => {
      authorise(scope, 'read', object)
      const { limit, cursor } = requirePage(page)
      if (subjectId !== undefined && !idPattern.test(subjectId)) return { decisions: [], cursor: null }
      const values: readonly (readonly [Asked, string | undefined])[] = [
        ['subject_id', subjectId],
        ['decider', decider],
        ['mode', mode],
      ]
      const asked = values.filter(([, value]) => value !== undefined)
      const plan = decisionsPlan(
        asked.map(([name]) => name),
        cursor !== undefined,
      )
      const params = [tenant, limit + 1, ...asked.map(([, value]) => value), ...(cursor === undefined ? [] : [cursor])]
      const rows = await sessionOf(scope).select(plan, params)
      const decisions = rows.slice(0, limit).map((row) => decodeDecision(row, revive))
      return { decisions, cursor: rows.length > limit ? (decisions.at(-1)?.id ?? null) : null }
    },
    explain: async (id) => {
      authorise(scope, 'read', object)
      const session = sessionOf(scope)
      const [row] = idPattern.test(id) ? await session.select(decisionsById, [tenant, [id]]) : []
      if (!row) throw crmError('NOT_FOUND')
      const candidates = (await session.select(candidatesPlan, [tenant, id])).map((one) => decodeCandidate(one, revive))
      const place = ({ won, rank }: (typeof candidates)[number]): number => (won ? 0 : (rank ?? Number.MAX_SAFE_INTEGER))
      return { ...decodeDecision(row, revive), candidates: candidates.toSorted((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1)) }
    },
    why: async (record, page = {}) => {
      const { limit, cursor } = requirePage(page)
      const found = await createRecords(scope, record.object).get(record.id)
      const id = String(found.id)
      const plan = decisionsPlan(['subject_id', 'mode'], cursor !== undefined)
      const rows = await sessionOf(scope).select(plan, [tenant, limit + 1, id, 'live', ...(cursor === undefined ? [] : [cursor])])
      const logged = rows.map((row) => why(decodeDecision(row, revive)))
      const about = { object: record.object, id }
      const made = await decidedAbout(scope, await kernel.tenants.get(scope), about, { limit: limit + 1, cursor })
      const both = [...logged, ...made].sort((a, b) => (a.id < b.id ? 1 : -1))
      const decisions = both.slice(0, limit)
      return { decisions, cursor: both.length > limit ? (decisions.at(-1)?.id ?? null) : null }
    },
    whyNot: async (person, page = {}) => {
      if (person !== actor.id) authorise(scope, 'read', object)
      const { limit, cursor } = requirePage(page)
      const session = sessionOf(scope)
      const start = [tenant, limit + 1, person, false]
      const rows = await (cursor === undefined ? session.select(lostPlan, start) : session.select(lostAfter, [...start, cursor]))
      const shown = rows.slice(0, limit)
      const ids = shown.map((row) => String(row.decision_id))
      const found = ids.length === 0 ? [] : await session.select(decisionsById, [tenant, ids])
      const byId = new Map(found.map((row) => [String(row.id), decodeDecision(row, revive)]))
      const entries = shown.flatMap((row) => {
        const decision = byId.get(String(row.decision_id))
        return decision ? { decision: outline(decision), own: decodeCandidate(row, revive) } : []
      })
      return { entries, cursor: rows.length > limit ? (ids.at(-1) ?? null) : null }
    },
    purge: async () => {
      authorise(scope, 'define', object)
      return inUnit(scope, async ({ unit: { session, now } }) => {
        await session.delete(candidateTable, expired, [tenant, now])
        return session.delete(decisionTable, expired, [tenant, now])
      })
    },
  }
}

/** Without what it was decided from: that may hold what the reader may not see. */
function why({ id, decider, version, configVersion, outcome, winner, reasons, at }: Decision): DecisionOutline {
  return { id, decider, version, configVersion, outcome, winner, reasons, at }
}

/** What somebody may know of a decision that was not for them. */
function outline({
  id,
  decider,
  subject,
  outcome,
  at,
  mode,
}: Decision): Pick<Decision, 'id' | 'decider' | 'subject' | 'outcome' | 'at' | 'mode'> {
  return { id, decider, subject, outcome, at, mode }
}

function requirePage({ limit = 50, cursor }: Pick<DecisionQuery, 'limit' | 'cursor'>): { limit: number; cursor: string | undefined } {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 200)
    throw crmError('PARAMETER_INVALID', { name: 'limit', reason: 'it must be 1 to 200' }, { path: '/limit' })
  if (cursor !== undefined && !idPattern.test(cursor)) throw crmError('CURSOR_INVALID', {}, { path: '/cursor' })
  return { limit, cursor }
}
