import { Client } from 'pg'
import { expect, inject, test } from 'vitest'
import { type Answer, Exchange } from '../../packages/adapters/src/store/postgres/exchange.ts'
import { statement } from '../../packages/adapters/src/store/postgres/prepared-names.ts'
import { plainRow } from '../../packages/adapters/src/store/postgres/rows.ts'

test('what cannot be put into a message is an error of its statement, and the connection goes on', async () => {
  const client = new Client(inject('postgresUrl'))
  await client.connect()
  const ask = (sql: string, values: readonly unknown[]): Promise<Answer<readonly unknown[]>> =>
    new Promise((resolve, reject) => {
      const settled = (error: unknown, answer?: Answer<readonly unknown[]>): void => (answer ? resolve(answer) : reject(error))
      client.query(new Exchange(statement(sql, 'test'), values, plainRow, new Map(), settled))
    })
  try {
    const tooMany: unknown[] = new Array(65_536).fill('x')
    // The second waits in pg's queue for the first.
    const both = [ask('SELECT $1::text', tooMany), ask('SELECT $1::text', tooMany)]
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect((await ask('SELECT $1::text', ['蓝海'])).rows).toEqual([['蓝海']])
    await expect(ask('SELECT $1::text', ['a\0b'])).rejects.toMatchObject({ code: '22021' })
    expect((await ask('SELECT $1::int', ['7'])).rows).toEqual([[7]])
  } finally {
    await client.end()
  }
})
