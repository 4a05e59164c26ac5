import type { Candidate, Decision, DecisionMode, Reason } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { oneOf, wholeNumber } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import { type Call, param } from './route.ts'

const modes = ['live', 'shadow', 'backtest'] as const satisfies readonly DecisionMode[]
const most = 200

/** The log of decisions, newest first. */
export async function decisions(call: Call): Promise<Reply> {
  const { subject, decider, mode, limit, cursor } = readQuery(call.exchange.query, ['subject', 'decider', 'mode', 'limit', 'cursor'])
  const page = await call.session.decisions.find({
    subjectId: subject,
    decider,
    mode: oneOf('mode', mode, modes),
    limit: wholeNumber('limit', limit, 1, most),
    cursor,
  })
  return json({ ...page, decisions: page.decisions.map((decision) => inWords(call, decision)) })
}

/** One decision with everybody considered. */
export async function decision(call: Call): Promise<Reply> {
  readQuery(call.exchange.query, [])
  const found = await call.session.decisions.explain(param(call, 'decision'))
  return json({ ...inWords(call, found), candidates: found.candidates.map((candidate) => inWords(call, candidate)) })
}

/** Why not me: decisions somebody was considered in and did not win. */
export async function whyNot(call: Call): Promise<Reply> {
  const { person, limit, cursor } = readQuery(call.exchange.query, ['person', 'limit', 'cursor'])
  const query = { limit: wholeNumber('limit', limit, 1, most), cursor }
  const page = await call.session.decisions.whyNot(person ?? call.identity.id, query)
  return json({ ...page, entries: page.entries.map(({ decision: about, own }) => ({ decision: about, own: inWords(call, own) })) })
}

/** Why a record is as it is. */
export async function recordDecisions(call: Call): Promise<Reply> {
  const { limit, cursor } = readQuery(call.exchange.query, ['limit', 'cursor'])
  const record = { object: param(call, 'object'), id: param(call, 'id') }
  const page = await call.session.decisions.why(record, { limit: wholeNumber('limit', limit, 1, most), cursor })
  return json({ ...page, decisions: page.decisions.map((one) => inWords(call, one)) })
}

/** Reasons as sentences in the reader's language. */
function inWords<T extends Pick<Decision | Candidate, 'reasons'>>({ identity, exchange }: Call, one: T): object {
  const view = { locale: identity.locale ?? exchange.header('accept-language') }
  return { ...one, reasons: one.reasons.map((reason: Reason) => reason.toBody(view)) }
}
