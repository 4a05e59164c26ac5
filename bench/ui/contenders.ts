import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** What is measured: a form of 200 fields, a board of 10,000 cards, a list of 100,000 rows. */
export type Subject = 'form' | 'board' | 'list'

/** A page that draws one of them. */
export interface Contender {
  readonly subject: Subject
  readonly name: string
  readonly file: string
  /** Hand-written with the same base, doing the least that can be called the same. */
  readonly isFloor: boolean
  /** What it loads first of our components; those of others are bundled whole. */
  readonly members?: readonly string[]
}

const peers = join(import.meta.dirname, '..', 'ui-peers')

const own: readonly Contender[] = [
  { subject: 'form', name: 'hand-written Lit', file: join(import.meta.dirname, 'floor-form.ts'), isFloor: true },
  {
    subject: 'form',
    name: 'crm-form',
    file: join(import.meta.dirname, 'our-form.ts'),
    isFloor: false,
    members: ['form/form.ts', 'field/field.ts', 'messages/en/form.ts', 'messages/en/core.ts'],
  },
  { subject: 'board', name: 'hand-written Lit, windowed', file: join(import.meta.dirname, 'floor-board.ts'), isFloor: true },
  {
    subject: 'board',
    name: 'crm-board',
    file: join(import.meta.dirname, 'our-board.ts'),
    isFloor: false,
    members: ['board/board.ts', 'messages/en/board.ts', 'messages/en/core.ts'],
  },
  { subject: 'list', name: 'hand-written Lit, windowed', file: join(import.meta.dirname, 'floor-list.ts'), isFloor: true },
  {
    subject: 'list',
    name: 'crm-list',
    file: join(import.meta.dirname, 'our-list.ts'),
    isFloor: false,
    members: ['list/list.ts', 'messages/en/list.ts', 'messages/en/core.ts'],
  },
]

const others: readonly Contender[] = [
  { subject: 'form', name: 'JSON Forms, React vanilla', file: join(peers, 'jsonforms.jsx'), isFloor: false },
  { subject: 'form', name: 'RJSF core', file: join(peers, 'rjsf.jsx'), isFloor: false },
  { subject: 'board', name: 'hello-pangea/dnd + react-window', file: join(peers, 'pangea.jsx'), isFloor: false },
]

/** Everybody who can be measured here; the peers only where their folder is installed. */
export function contenders(): readonly Contender[] {
  if (existsSync(join(peers, 'node_modules'))) return [...own, ...others]
  console.warn('\nTHE PEERS ARE LEFT OUT: run `npm ci` in bench/ui-peers to measure them too.\n')
  return own
}
