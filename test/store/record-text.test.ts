import fc from 'fast-check'
import pg from 'pg'
import { expect, inject, it } from 'vitest'
import { readRecords } from '../../packages/adapters/src/store/postgres/record-text.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }).filter((value) => value.isWellFormed() && !value.includes('\0')),
  fc.constantFrom('', ' ', '"', '""', '\\', '\\"', ',', '(', ')', '(,)', '),(', 'null', 'NULL', '\n', '\u00a0', 't', '1'),
)
const row = fc.tuple(
  fc.option(text),
  fc.option(fc.maxSafeInteger()),
  fc.option(fc.boolean()),
  fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0)),
  fc.option(text),
)

it('records are read from PostgreSQL’s own text as they were written, whatever their values are', async () => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 5 }), async (rows) => {
        const { rows: answer } = await client.query<{ page: string | null }>(
          `SELECT string_agg(p, '') AS page FROM (
            SELECT ROW(v->>0, (v->>1)::bigint, (v->>2)::boolean, (v->>3)::float8, v->>4)::text AS p
            FROM unnest($1::jsonb[]) WITH ORDINALITY u(v, n) ORDER BY n LIMIT 10) q`,
          [rows.map((values) => JSON.stringify(values))],
        )
        expect(readRecords(answer[0]?.page ?? '', ['text', 'integer', 'boolean', 'real', 'text'])).toEqual(rows)
      }),
      { numRuns: 300 },
    )
  } finally {
    await client.end()
  }
})
