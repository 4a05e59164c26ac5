const text = { type: 'string' } as const
const words = { type: 'object', required: ['zh-CN', 'en'], properties: { 'zh-CN': text, en: text } } as const
const rule = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'when', 'set', 'because'],
  properties: {
    id: text,
    when: { type: 'object', description: 'A filter or an expression.' },
    set: { type: 'object', description: 'Field → value, null or an expression.' },
    because: { ...words, properties: { ...words.properties, values: { type: 'object' } } },
  },
} as const
const limits = {
  type: 'object',
  additionalProperties: false,
  properties: {
    blast: {
      type: 'object',
      additionalProperties: false,
      properties: { records: { type: ['integer', 'null'] }, share: { type: ['number', 'null'] } },
    },
  },
} as const
const rules = { type: 'array', items: rule } as const
const subjects = {
  type: 'object',
  description: 'Of an allocation: a filter or an expression that says which records are to be given.',
} as const
const action = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'params'],
  properties: { action: text, params: { type: 'object', description: 'As the JSON Schema of the action says.' } },
} as const
const saveRule = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'when', 'do'],
  properties: { id: text, when: rule.properties.when, do: { type: 'array', items: action }, because: rule.properties.because },
} as const
const save = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'rules'],
  properties: {
    kind: { enum: ['validation', 'compute', 'score', 'automation'] },
    on: { type: 'array', items: { enum: ['create', 'update'] } },
    fields: { type: ['array', 'null'], items: text },
    mode: { enum: ['first', 'collect'] },
    order: { type: 'integer' },
    elevated: { type: 'boolean' },
    into: { type: ['string', 'null'] },
    rules: { type: 'array', items: saveRule },
  },
} as const
const note = { type: 'string', maxLength: 1_000 } as const

const days = { type: 'array', items: { type: 'integer' } } as const
const schedule = {
  type: ['object', 'null'],
  additionalProperties: false,
  properties: { at: text, every: text, weekdays: days, monthDays: days, zone: text },
  description: '`{ "at": "02:30" }`, with weekdays, monthDays or zone if need be, or `{ "every": "15m" }`; null = by hand only.',
} as const

const token = { type: 'string', maxLength: 4_096 } as const

/** What the bodies of decider routes hold: what is checked, and what the document says. */
export const deciderBodies = {
  create: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'object', 'label'],
    properties: { name: text, object: text, label: words, rules, save, limits, schedule, note },
  },
  propose: { type: 'object', additionalProperties: false, properties: { rules, save, subjects, limits, note } },
  stage: {
    type: 'object',
    additionalProperties: false,
    required: ['to'],
    properties: {
      to: { enum: ['shadow', 'pilot', 'on', 'off'] },
      version: { type: 'integer', minimum: 1 },
      pilot: { type: ['object', 'null'], description: 'A filter or an expression that narrows a pilot.' },
      schedule,
      note,
    },
  },
  rollback: { type: 'object', additionalProperties: false, properties: { note } },
  run: {
    type: 'object',
    additionalProperties: false,
    properties: { at: { type: 'integer' }, confirm: token, wait: { type: 'boolean' } },
  },
  schedule: { type: 'object', additionalProperties: false, required: ['times'], properties: { times: schedule, note } },
  confirm: { type: 'object', additionalProperties: false, required: ['token'], properties: { token } },
  dismiss: { type: 'object', additionalProperties: false, properties: {} },
  undo: { type: 'object', additionalProperties: false, properties: {} },
} as const

const whole = { type: 'integer' } as const

/** What decider routes can be asked. */
export const deciderQueries = {
  none: { type: 'object', properties: {} },
  preview: { type: 'object', properties: { version: whole, at: whole, sample: whole } },
  cases: { type: 'object', properties: { version: whole, at: whole, after: text, limit: whole } },
  backtest: { type: 'object', properties: { version: whole, against: whole, days: whole, everyDays: whole, to: whole } },
  replay: { type: 'object', properties: { version: whole, saves: whole } },
  actions: { type: 'object', properties: { object: text } },
  explain: { type: 'object', properties: { version: whole, at: whole } },
  runs: {
    type: 'object',
    properties: { decider: text, status: { enum: ['running', 'done', 'undoing', 'undone', 'waiting', 'dismissed'] }, limit: whole },
  },
} as const
