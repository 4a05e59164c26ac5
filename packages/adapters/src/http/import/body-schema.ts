const text = { type: 'string', maxLength: 1_000 }
const plain = { type: ['string', 'number', 'boolean'] }
const texts = { type: 'array', items: text }
const mapOf = (values: object) => ({ type: 'object', additionalProperties: values })
const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
})

/** JSON Schema of a mapping. What it names is judged when it is compiled. */
export const mappingSchema = closed(
  {
    object: text,
    columns: {
      type: 'array',
      maxItems: 500,
      items: closed(
        {
          column: text,
          field: text,
          options: closed({
            zone: text,
            dateOrder: { enum: ['dmy', 'mdy'] },
            currency: text,
            multiplyBy: { type: 'number' },
            decimalComma: { type: 'boolean' },
          }),
        },
        ['column', 'field'],
      ),
    },
    key: { type: 'array', maxItems: 10, items: text },
    values: mapOf(mapOf({ type: ['string', 'null'] })),
    references: mapOf(
      closed({ by: texts, where: mapOf(plain), missing: { enum: ['refuse', 'create', 'empty'] }, create: { type: 'object' }, to: text }),
    ),
    history: closed({
      createdAt: text,
      missing: { enum: ['now', 'refuse'] },
      start: mapOf(plain),
      stages: {
        type: 'array',
        maxItems: 50,
        items: closed(
          {
            at: text,
            when: mapOf(texts),
            set: mapOf({
              type: 'object',
              additionalProperties: false,
              minProperties: 1,
              maxProperties: 1,
              properties: { column: text, value: plain },
            }),
          },
          ['at', 'set'],
        ),
      },
    }),
    defaults: mapOf(plain),
    templates: mapOf(text),
    empty: texts,
    blank: { enum: ['keep', 'clear'] },
    zone: text,
    country: text,
  },
  ['object', 'columns'],
)

const source = { file: text, sheet: text, encoding: text, delimiter: text, header: { type: 'integer', minimum: 1, maximum: 1_000 } }
const mappedFiles = {
  type: 'array',
  minItems: 1,
  maxItems: 20,
  items: closed({ ...source, mapping: mappingSchema }, ['file', 'mapping']),
}

/** JSON Schemas of the bodies that imports are steered by. */
export const importBodies = {
  preview: closed({ ...source, object: text, mapping: mappingSchema, others: { ...mappedFiles, minItems: 0 } }, ['file', 'object']),
  dryRun: closed({ files: mappedFiles }, ['files']),
  job: closed({ name: { type: 'string', minLength: 1, maxLength: 200 }, again: { type: 'boolean' }, files: mappedFiles }, ['files']),
  run: closed({ files: { type: 'array', maxItems: 20, items: closed(source, ['file']) } }),
  nothing: closed({}),
  repairs: closed(
    {
      rows: {
        type: 'array',
        minItems: 1,
        maxItems: 500,
        items: closed(
          {
            file: { type: 'integer', minimum: 0 },
            row: { type: 'integer', minimum: 1 },
            cells: mapOf({ type: 'string', maxLength: 100_000 }),
          },
          ['file', 'row', 'cells'],
        ),
      },
    },
    ['rows'],
  ),
  mapping: closed({ mapping: mappingSchema }, ['mapping']),
} as const
