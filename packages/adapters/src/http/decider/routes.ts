import type { Session } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { readObject } from '../request/body.ts'
import { checkInput, readInput } from '../request/endpoint-input.ts'
import { expressionLimits } from '../route/limits.ts'
import { type Call, param, type Route } from '../route/route.ts'
import { deciderBodies, deciderQueries } from './body-schema.ts'

type Deciders = Session['deciders']
type Schema = Readonly<Record<string, unknown>>

/** Asks with the parameters of the query. */
const asked =
  <Query>(schema: Schema, answer: (deciders: Deciders, call: Call, query: Query) => Promise<unknown>) =>
  async (call: Call): Promise<Reply> => {
    const query = readInput(schema, call.exchange.query)
    checkInput(schema, query)
    return json(await answer(call.session.deciders, call, query as Query))
  }

/** Does something with the body. */
const done =
  <Body>(schema: Schema, answer: (deciders: Deciders, call: Call, body: Body) => Promise<unknown>, status = 200) =>
  async (call: Call): Promise<Reply> => {
    readInput(deciderQueries.none, call.exchange.query)
    const body = await readObject(call.exchange, expressionLimits(call.settings))
    checkInput(schema, body)
    return json(await answer(call.session.deciders, call, body as Body), status)
  }

const { none } = deciderQueries
const id = (call: Call): string => param(call, 'decider')
const run = (call: Call): string => param(call, 'run')

function route(method: Route['method'], pattern: string, answer: (call: Call) => Promise<Reply>): Route {
  return { method, pattern: `api/${pattern}`, access: 'identified', answer }
}

/** Addresses of deciders and their runs. */
export const deciderRoutes: readonly Route[] = [
  route(
    'GET',
    'deciders',
    asked(none, async (deciders) => ({ deciders: await deciders.list() })),
  ),
  route(
    'POST',
    'deciders',
    done<Parameters<Deciders['create']>[0]>(deciderBodies.create, (deciders, _, body) => deciders.create(body), 201),
  ),
  route(
    'GET',
    'deciders/:decider',
    asked(none, (deciders, call) => deciders.get(id(call))),
  ),
  route(
    'GET',
    'deciders/:decider/versions',
    asked(none, async (deciders, call) => ({ versions: await deciders.versions(id(call)) })),
  ),
  route(
    'POST',
    'deciders/:decider/versions',
    done<Parameters<Deciders['propose']>[1]>(deciderBodies.propose, (deciders, call, body) => deciders.propose(id(call), body), 201),
  ),
  route(
    'GET',
    'deciders/:decider/history',
    asked(none, async (deciders, call) => ({ steps: await deciders.history(id(call)) })),
  ),
  route(
    'GET',
    'deciders/:decider/preview',
    asked<Parameters<Deciders['preview']>[1]>(deciderQueries.preview, (deciders, call, query) => deciders.preview(id(call), query)),
  ),
  route(
    'GET',
    'deciders/:decider/cases',
    asked<Parameters<Deciders['cases']>[1]>(deciderQueries.cases, (deciders, call, query) => deciders.cases(id(call), query)),
  ),
  route(
    'GET',
    'deciders/:decider/backtest',
    asked<Parameters<Deciders['backtest']>[1]>(deciderQueries.backtest, (deciders, call, query) => deciders.backtest(id(call), query)),
  ),
  route(
    'GET',
    'deciders/:decider/replay',
    asked<Parameters<Deciders['replay']>[1]>(deciderQueries.replay, (deciders, call, query) => deciders.replay(id(call), query)),
  ),
  route(
    'GET',
    'rule-actions',
    asked<{ object?: string }>(deciderQueries.actions, async (deciders, _, { object }) => ({ actions: await deciders.actions(object) })),
  ),
  route(
    'POST',
    'deciders/:decider/stage',
    done<Parameters<Deciders['advance']>[1]>(deciderBodies.stage, (deciders, call, body) => deciders.advance(id(call), body)),
  ),
  route(
    'POST',
    'deciders/:decider/schedule',
    done<{ times: Parameters<Deciders['setSchedule']>[1]; note?: string }>(deciderBodies.schedule, (deciders, call, { times, note }) =>
      deciders.setSchedule(id(call), times, note),
    ),
  ),
  route(
    'POST',
    'deciders/:decider/rollback',
    done<{ note?: string }>(deciderBodies.rollback, (deciders, call, { note }) => deciders.rollback(id(call), note)),
  ),
  route(
    'POST',
    'deciders/:decider/run',
    done<Parameters<Deciders['run']>[1]>(deciderBodies.run, (deciders, call, body) => deciders.run(id(call), body)),
  ),
  route(
    'GET',
    'deciders/:decider/explain/:id',
    asked<Parameters<Deciders['explain']>[2]>(deciderQueries.explain, (deciders, call, query) =>
      deciders.explain(id(call), param(call, 'id'), query),
    ),
  ),
  route(
    'GET',
    'decider-runs',
    asked<Parameters<Deciders['runs']>[0]>(deciderQueries.runs, async (deciders, _, query) => ({ runs: await deciders.runs(query) })),
  ),
  route(
    'GET',
    'decider-runs/:run',
    asked(none, (deciders, call) => deciders.getRun(run(call))),
  ),
  route(
    'POST',
    'decider-runs/:run/confirm',
    done<{ token: string }>(deciderBodies.confirm, (deciders, call, { token }) => deciders.confirm(run(call), token)),
  ),
  route(
    'POST',
    'decider-runs/:run/dismiss',
    done(deciderBodies.dismiss, (deciders, call) => deciders.dismiss(run(call))),
  ),
  route(
    'POST',
    'decider-runs/:run/undo',
    done(deciderBodies.undo, (deciders, call) => deciders.undo(run(call))),
  ),
  route(
    'GET',
    'records/:object/:id/why',
    asked(none, async (deciders, call) => ({ decisions: await deciders.why(param(call, 'object'), param(call, 'id')) })),
  ),
]
