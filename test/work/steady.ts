import { setTimeout as pause } from 'node:timers/promises'
import { defineConsumer, defineJob, defineObject, definePlugin } from '@guanxi/core'

export const note = defineObject('note', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } })

export interface Input {
  readonly does: 'sends' | 'waits' | 'throws' | 'exits' | 'breaks' | 'swells' | 'notes'
  readonly name: string
}

/** What the world outside hears, a line each. */
const tell = (line: string): void => void process.stdout.write(`${line}\n`)

const behaviours: Record<Input['does'], (input: Input, still: () => Promise<void>, signal: AbortSignal) => unknown> = {
  notes: () => {},
  throws: () => {
    throw new Error('poison')
  },
  exits: () => process.exit(3),
  breaks: () => process.kill(process.pid, 'SIGSEGV'),
  swells: () => {
    const hoard: number[][] = []
    for (;;) hoard.push(new Array(1_000_000).fill(1.5))
  },
  /** Step by step, each told to the world after asking whether the job is still ours. */
  sends: async ({ name }, still) => {
    for (let step = 1; ; step++) {
      await still()
      tell(`${name} sent ${step}`)
      await pause(10)
    }
  },
  waits: ({ name }, _, signal) => {
    tell(`${name} waits`)
    return pause(600_000, undefined, { signal })
  },
}

export const work = defineJob<Input>({
  id: 'steady.work',
  input: { type: 'object' },
  attempts: 2,
  firstPause: 1,
  longestPause: 1,
  run: async (input, context) => {
    await context.records(note).create({ name: input.name }, { idempotencyKey: context.key })
    await behaviours[input.does](input, context.stillMine, context.signal)
  },
})

/** A plugin with one job that does everything a job may do to its process. */
export const steady = definePlugin({
  id: 'steady',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(note)
    plugin.job(work)
  },
})

/** Tells the world of every note, and dies of some. */
const listener = defineConsumer({
  id: 'listening.notes',
  objects: [note],
  batch: 50,
  run: (changes) => {
    for (const { values } of changes) {
      const name = String(values?.name?.[1])
      if (name === 'poison') process.exit(3)
      tell(`heard ${name}`)
    }
  },
})

/** For processes of their own only. */
export const listening = definePlugin({
  id: 'listening',
  version: '1.0.0',
  core: '^0.1.0',
  requires: { steady: '^1.0.0' },
  setup: (plugin) => void plugin.consumer(listener),
})
