import { readFile } from 'node:fs/promises'
import pg from 'pg'
import type { Place } from './database.ts'

/** Tells how much processor time was used until now, ms: of this process and, on PostgreSQL, of the server's connections. */
export interface ProcessorTime {
  readonly of: string
  now(): Promise<number>
  close(): Promise<void>
}

/** Ticks of a second in `/proc`, the same on every Linux that Node runs on. */
const ticks = 100

/** Other work on the machine moves the clock, not this. The clock where the server is elsewhere. */
export async function processorTime(place: Place): Promise<ProcessorTime> {
  if (place.engine === 'sqlite') return { of: 'processor', now: async () => own(), close: async () => {} }
  const client = new pg.Client({ connectionString: place.url })
  await client.connect()
  const pids = async (): Promise<number[]> =>
    (await client.query<{ pid: number }>('SELECT pid FROM pg_stat_activity WHERE datname = current_database()')).rows.map(({ pid }) => pid)
  const close = () => client.end()
  try {
    await Promise.all((await pids()).map(ofProcess))
  } catch {
    return { of: 'clock', now: async () => performance.now(), close }
  }
  const known = new Map<number, number>()
  const now = async (): Promise<number> => {
    for (const pid of await pids()) known.set(pid, await ofProcess(pid))
    return own() + [...known.values()].reduce((sum, one) => sum + one, 0)
  }
  return { of: 'processor', now, close }
}

function own(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** The 14th and 15th field; the second is a name in parentheses that may hold anything. */
async function ofProcess(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticks
}
