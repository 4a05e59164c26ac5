import { deciderBodies, deciderQueries } from '../decider/body-schema.ts'
import { operation, query, schemaRef, segment } from './operation.ts'

const tag = 'Deciders'
const decider = segment('decider', 'Id of the decider, such as `pool.recycle`.')
const run = segment('run', 'Id of the run.')
const listOf = (key: string, name: string) => ({
  type: 'object',
  required: [key],
  properties: { [key]: { type: 'array', items: schemaRef(name) } },
})

const words: Readonly<Record<string, string>> = {
  version: 'The version; the one that counts unless said.',
  against: 'The version it is compared with; the one that is on unless said.',
  at: 'The instant it is judged at, ms; now unless said.',
  sample: 'How many cases to show: 0 to 100, 20 unless said.',
  days: 'Days to look back, 90 unless said.',
  everyDays: 'Days between two instants, 1 unless said.',
  to: 'Where the window ends, ms; now unless said.',
  after: 'From the part before.',
  decider: 'Only of this one.',
  status: 'Only in this state.',
  limit: 'How many at most: 1 to 200, 50 unless said.',
}

function parametersOf({ properties }: { readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>> }) {
  return Object.entries(properties).map(([name, schema]) => query(name, schema, words[name] ?? name))
}

/** Routes of deciders. */
export const deciderPaths = {
  '/api/deciders': {
    get: operation({
      id: 'deciders',
      tag,
      summary: 'What runs by itself, as far as the actor may steer it',
      answer: listOf('deciders', 'Decider'),
    }),
    post: operation({
      id: 'createDecider',
      tag,
      summary: 'Make a decider, as a draft',
      body: deciderBodies.create,
      status: 201,
      answer: schemaRef('Decider'),
    }),
  },
  '/api/deciders/{decider}': {
    get: operation({ id: 'decider', tag, summary: 'A decider', parameters: [decider], answer: schemaRef('Decider') }),
  },
  '/api/deciders/{decider}/versions': {
    get: operation({
      id: 'deciderVersions',
      tag,
      summary: 'Its versions, newest first',
      parameters: [decider],
      answer: listOf('versions', 'DeciderVersion'),
    }),
    post: operation({
      id: 'proposeDecider',
      tag,
      summary: 'Add a version; nothing changes until it is switched on',
      parameters: [decider],
      body: deciderBodies.propose,
      status: 201,
      answer: schemaRef('DeciderVersion'),
    }),
  },
  '/api/deciders/{decider}/history': {
    get: operation({
      id: 'deciderHistory',
      tag,
      summary: 'Its life, newest first',
      parameters: [decider],
      answer: listOf('steps', 'DeciderStep'),
    }),
  },
  '/api/deciders/{decider}/preview': {
    get: operation({
      id: 'previewDecider',
      tag,
      summary: 'What it would do; nothing is written',
      parameters: [decider, ...parametersOf(deciderQueries.preview)],
      answer: schemaRef('DeciderPreview'),
    }),
  },
  '/api/deciders/{decider}/cases': {
    get: operation({
      id: 'deciderCases',
      tag,
      summary: 'The whole list behind a preview, a part at a time',
      parameters: [decider, ...parametersOf(deciderQueries.cases)],
      answer: schemaRef('DeciderCases'),
    }),
  },
  '/api/deciders/{decider}/backtest': {
    get: operation({
      id: 'backtestDecider',
      tag,
      summary: 'Two versions over the same past',
      parameters: [decider, ...parametersOf(deciderQueries.backtest)],
      answer: schemaRef('Backtest'),
    }),
  },
  '/api/deciders/{decider}/replay': {
    get: operation({
      id: 'replayDecider',
      tag,
      summary: 'Of one that acts on save: what it would have done to the last saves',
      parameters: [decider, ...parametersOf(deciderQueries.replay)],
      answer: schemaRef('Replay'),
    }),
  },
  '/api/rule-actions': {
    get: operation({
      id: 'listRuleActions',
      tag,
      summary: 'What rules on save can do',
      parameters: parametersOf(deciderQueries.actions),
      answer: listOf('actions', 'DeciderAction'),
    }),
  },
  '/api/deciders/{decider}/stage': {
    post: operation({
      id: 'advanceDecider',
      tag,
      summary: 'Move it to shadow, pilot, on or off',
      parameters: [decider],
      body: deciderBodies.stage,
      answer: schemaRef('Decider'),
    }),
  },
  '/api/deciders/{decider}/schedule': {
    post: operation({
      id: 'scheduleDecider',
      tag,
      summary: 'Set when it runs by itself',
      parameters: [decider],
      body: deciderBodies.schedule,
      answer: schemaRef('Decider'),
    }),
  },
  '/api/deciders/{decider}/rollback': {
    post: operation({
      id: 'rollBackDecider',
      tag,
      summary: 'One step back',
      parameters: [decider],
      body: deciderBodies.rollback,
      answer: schemaRef('Decider'),
    }),
  },
  '/api/deciders/{decider}/run': {
    post: operation({
      id: 'runDecider',
      tag,
      summary: 'Carry it out for an instant, once; above a limit it asks for a confirmation',
      parameters: [decider],
      body: deciderBodies.run,
      answer: schemaRef('DeciderRunResult'),
    }),
  },
  '/api/deciders/{decider}/explain/{id}': {
    get: operation({
      id: 'explainDecider',
      tag,
      summary: 'Why it would act on a record, or would not',
      parameters: [decider, segment('id', 'Id of the record.'), ...parametersOf(deciderQueries.explain)],
      answer: schemaRef('DeciderAnswer'),
    }),
  },
  '/api/decider-runs': {
    get: operation({
      id: 'deciderRuns',
      tag,
      summary: 'Runs, newest first',
      parameters: parametersOf(deciderQueries.runs),
      answer: listOf('runs', 'DeciderRun'),
    }),
  },
  '/api/decider-runs/{run}': {
    get: operation({ id: 'deciderRun', tag, summary: 'A run', parameters: [run], answer: schemaRef('DeciderRun') }),
  },
  '/api/decider-runs/{run}/confirm': {
    post: operation({
      id: 'confirmDeciderRun',
      tag,
      summary: 'Carry out a run that waits, with the token of a preview for its instant',
      parameters: [run],
      body: deciderBodies.confirm,
      answer: schemaRef('DeciderRunResult'),
    }),
  },
  '/api/decider-runs/{run}/dismiss': {
    post: operation({
      id: 'dismissDeciderRun',
      tag,
      summary: 'Do not carry out a run that waits',
      parameters: [run],
      body: deciderBodies.dismiss,
      answer: schemaRef('DeciderRun'),
    }),
  },
  '/api/decider-runs/{run}/undo': {
    post: operation({
      id: 'undoDeciderRun',
      tag,
      summary: 'Take a run back',
      parameters: [run],
      body: deciderBodies.undo,
      answer: schemaRef('DeciderRun'),
    }),
  },
}
