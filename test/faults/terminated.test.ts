import { postgres } from '@guanxi/adapters/postgres'
import { test } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'
import { endConnections, writeThrough } from './write-through.ts'

test('attack:K08 connections ended by the server again and again: what was promised is there, what was refused is not', async () => {
  const { url, drop } = await postgresDatabase()
  try {
    await writeThrough(postgres(url, { pool: { min: 2, max: 6 }, log: () => {} }), { rounds: 6, disturb: () => endConnections(url) })
  } finally {
    await drop()
  }
})
