import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const writer = fileURLToPath(new URL('writer.ts', import.meta.url))

/** What a killed writer had been promised. */
export interface Killed {
  readonly acknowledged: readonly string[]
}

/** Starts a writer, lets it answer `after` times, and kills it `delay` milliseconds later, whatever it is doing. */
export async function killWriter(database: string, prefix: string, after: number, delay: number): Promise<Killed> {
  const child = spawn(process.execPath, ['--conditions=source', writer, database, prefix], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const acknowledged: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, name] = line.split(' ')
    if (word === 'created' && name) acknowledged.push(name)
    if (acknowledged.length === after) setTimeout(() => child.kill('SIGKILL'), delay)
  }
  await exited
  return { acknowledged: killedBySignal(child) ? acknowledged : [] }
}

function killedBySignal(child: ChildProcess): boolean {
  if (child.signalCode === 'SIGKILL') return true
  throw new Error(`The writer stopped by itself: ${child.exitCode}`)
}
