import { schemaRef } from './operation.ts'

const text = { type: 'string' }
const textOrNull = { type: ['string', 'null'] }
const whole = { type: 'integer' }
const share = { type: 'number', minimum: 0, maximum: 1 }
const flag = { type: 'boolean' }
const instant = { type: 'integer', description: 'Milliseconds since 1970, UTC.' }
const instantOrNull = { type: ['integer', 'null'] }
const words = { type: 'object', required: ['zh-CN', 'en'], properties: { 'zh-CN': text, en: text } }
const wordsOrNull = { anyOf: [words, { type: 'null' }] }
const pairs = { type: 'object', additionalProperties: { type: 'array', minItems: 2, maxItems: 2 }, description: 'Field → [now, then].' }
const listOf = (items: unknown) => ({ type: 'array', items })

function object(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { type: 'object', required: Object.keys(properties), properties }
}

const stage = { enum: ['draft', 'shadow', 'pilot', 'on', 'off'] }
const saveKinds = ['validation', 'compute', 'score', 'automation']
const kind = { enum: ['condition', ...saveKinds, 'allocation'] }
const timesOrNull = {
  anyOf: [
    { type: 'object', required: ['at'], properties: { at: text, weekdays: listOf(whole), monthDays: listOf(whole), zone: text } },
    { type: 'object', required: ['every'], properties: { every: text } },
    { type: 'null' },
  ],
}
const breaches = listOf(object({ kind: { enum: ['records', 'team'] }, team: textOrNull, affected: whole, limit: whole }))
const numbers = { type: 'object', additionalProperties: { type: 'number' }, description: 'Figures of an allocation, by name.' }
const gained = object({ id: textOrNull, gained: whole, lost: whole })
const held = object({ id: textOrNull, affected: whole, holdings: whole })
const first = { anyOf: [object({ at: instant, rule: text, because: words }), { type: 'null' }] }

/** Schemas of deciders. */
export const deciderSchemas = {
  Decider: object({
    ...{ id: text, kind, object: text, label: words, stage, version: whole, versions: whole, pilot: true },
    ...{ since: instantOrNull, by: textOrNull, codeIsNewer: flag },
    broken: { anyOf: [object({ code: text, message: words, path: textOrNull, since: instantOrNull }), { type: 'null' }] },
    schedule: object({ times: timesOrNull, own: flag, zone: text, next: listOf(instant) }),
  }),
  DeciderVersion: object({
    ...{ version: whole, object: text, label: words, rules: listOf({ type: 'object' }), settings: { type: 'object' } },
    ...{ blast: { type: 'object' }, at: instant, by: text, note: textOrNull },
  }),
  DeciderStep: object({
    ...{ stage, version: whole, pilot: true, at: instant, by: text, note: textOrNull },
    schedule: { anyOf: [object({ times: timesOrNull, own: flag }), { type: 'null' }] },
  }),
  DeciderCase: object({ id: text, name: textOrNull, rule: text, because: words, values: pairs }),
  DeciderCases: object({ cases: listOf(schemaRef('DeciderCase')), after: textOrNull }),
  DeciderPreview: object({
    ...{ decider: text, version: whole, at: instant, considered: whole, affected: whole, share, unknown: whole },
    ...{ rules: listOf(object({ id: text, affected: whole })), metrics: numbers, people: listOf(held), teams: listOf(held) },
    sample: listOf(schemaRef('DeciderCase')),
    breaches,
    ...{ token: textOrNull, path: object({ way: { enum: ['statement', 'batches'] }, because: listOf(text) }) },
  }),
  DeciderRun: object({
    ...{ id: text, decider: text, object: text, version: whole, mode: { enum: ['live', 'shadow'] } },
    ...{
      status: { enum: ['running', 'done', 'undoing', 'undone', 'waiting', 'dismissed'] },
      at: instant,
      startedAt: instant,
      finishedAt: instantOrNull,
      by: text,
    },
    ...{ affected: whole, planned: whole, breaches, seed: textOrNull, metrics: numbers },
    dismissed: { anyOf: [object({ at: instant, by: text, superseded: flag }), { type: 'null' }] },
    ...{ skipped: object({ count: whole, cases: listOf(object({ id: text, code: text, message: text })) }) },
    undo: {
      anyOf: [
        object({
          ...{ at: instant, by: text, undone: whole, left: whole },
          kept: listOf(object({ id: text, reason: { enum: ['record_changed', 'record_missing'] } })),
        }),
        { type: 'null' },
      ],
    },
  }),
  DeciderRunResult: {
    oneOf: [
      object({ status: { const: 'done' }, run: schemaRef('DeciderRun') }),
      object({
        ...{ status: { const: 'confirm' }, preview: schemaRef('DeciderPreview') },
        run: { anyOf: [schemaRef('DeciderRun'), { type: 'null' }] },
      }),
    ],
  },
  DeciderAnswer: object({
    ...{ decider: text, version: whole, stage, at: instant, holds: flag, affected: flag, unknown: flag, inPilot: flag },
    ...{ rule: textOrNull, because: wordsOrNull, values: pairs },
    candidates: listOf(
      object({ id: text, won: flag, rank: { type: ['integer', 'null'] }, because: listOf(words), facts: { type: 'object' } }),
    ),
    rules: listOf(object({ id: text, holds: flag, explanation: { type: 'object' } })),
  }),
  DeciderDecision: object({
    ...{ decider: text, version: whole, rule: textOrNull, run: textOrNull, mode: { enum: ['live', 'shadow'] }, at: instant },
    ...{ because: wordsOrNull, facts: { type: 'object' }, values: { anyOf: [pairs, { type: 'null' }] }, undone: flag },
  }),
  DeciderAction: object({
    ...{ id: text, label: words, help: wordsOrNull, phase: { enum: ['check', 'before', 'after'] } },
    ...{ kinds: listOf({ enum: saveKinds }), params: { type: 'object', description: 'JSON Schema.' } },
  }),
  Replay: object({
    ...{ decider: text, version: whole, from: instantOrNull, to: instantOrNull, saves: whole, fired: whole, unknown: whole },
    ...{ rules: listOf(object({ id: text, fired: whole })), people: listOf(object({ id: text, fired: whole, saves: whole })) },
    sample: listOf(
      object({
        ...{ id: text, name: textOrNull, at: instant, by: text, rule: text, because: wordsOrNull, values: pairs },
        ...{ actions: listOf(text), refused: flag },
      }),
    ),
  }),
  Backtest: object({
    ...{ decider: text, current: { type: ['integer', 'null'] }, next: whole, from: instant, to: instant, instants: whole },
    ...{ considered: whole, decided: object({ current: whole, next: whole }), share, unknown: whole },
    differing: object({ records: whole, onlyCurrent: whole, onlyNext: whole, otherwise: whole }),
    metrics: object({ current: numbers, next: numbers }),
    ...{ people: listOf(gained), teams: listOf(gained) },
    most: listOf(object({ id: text, name: textOrNull, current: first, next: first, differing: whole })),
  }),
}
