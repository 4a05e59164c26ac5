import type { Command } from '@guanxi/core'
import { operation, schemaRef } from './operation.ts'

type Json = Readonly<Record<string, unknown>>

const preview = {
  type: 'object',
  required: ['allowed', 'reasons'],
  properties: { allowed: { type: 'boolean' }, reasons: { type: 'array', items: schemaRef('Reason') } },
}

/** Two routes per command that its reader may call: carry it out, and ask what is against it. */
export function commandPaths(commands: readonly Command[]): Json {
  return Object.fromEntries(
    commands.flatMap(({ id, input }) => [
      [`/api/commands/${id}`, { post: operation({ ...named(id, id), body: input, answer: { type: 'object', required: ['value'] } }) }],
      [
        `/api/commands/${id}/preview`,
        { post: operation({ ...named(`${id}.preview`, `What is against ${id}`), body: input, answer: preview }) },
      ],
    ]),
  )
}

function named(id: string, summary: string): { id: string; tag: string; summary: string } {
  return { id: `command.${id}`, tag: 'Commands', summary }
}
