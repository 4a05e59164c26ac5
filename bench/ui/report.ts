import { loadavg } from 'node:os'
import { thisMachine } from '../machine.ts'
import { median } from '../statistics.ts'
import type { Contender, Subject } from './contenders.ts'
import type { Round } from './look.ts'

/** Who was measured, what each round said, and how much each loads. */
export interface Measured {
  readonly contender: Contender
  readonly rounds: readonly Round[]
  readonly weight: number
}

interface Bar {
  readonly name: string
  readonly of: (rounds: readonly Round[]) => number
  /** At most so many times the floor. */
  readonly most: number
}

const middle = (pick: (round: Round) => number) => (rounds: readonly Round[]) => median(rounds.map(pick))
const p95 = (frames: readonly number[]) => [...frames].sort((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? Number.NaN
const first: Bar = { name: 'first paint', of: middle(({ firstWork }) => firstWork), most: 1.5 }

const bars: Readonly<Record<Subject, readonly Bar[]>> = {
  form: [first, { name: 'a key', of: middle(({ actWork }) => actWork), most: 1.3 }],
  board: [first, { name: 'a move', of: middle(({ actWork }) => actWork), most: 2 }],
  list: [{ name: 'p95 frame', of: middle(({ frames }) => p95(frames)), most: 2 }],
}

const titles: Readonly<Record<Subject, string>> = {
  form: 'A form of 200 fields',
  board: 'A board of 10,000 cards',
  list: 'A list of 100,000 rows',
}

/** The tables, as they are written to bench/UI.md. */
export async function report(all: readonly Measured[], rounds: number, command: string): Promise<string> {
  const machine = await thisMachine()
  const subjects = (['form', 'board', 'list'] as const).filter((subject) => all.some(({ contender }) => contender.subject === subject))
  const load = loadavg()[0] ?? 0
  const note = load > machine.cores / 2 ? ' Measured under load: read the ratios, and of those the ones of processor time.' : ''
  return `# How fast the components are

\`${command}\`, ${new Date().toISOString().slice(0, 10)}, ${machine.cores} x ${machine.model}, ${machine.platform}, load ${load.toFixed(1)}.${note}

Each contender runs in real Chromium in a fresh context, ${rounds} rounds in turn; medians. \`work\` is processor time of the page's main thread (task duration in thread time), so other programs on the machine hardly move it; \`first\` is the clock from the beginning of the page until the frame is drawn. The floors are written by hand on Lit, one file each, with the data already in memory; ours are the very files that a server hands out, and ask a server for everything, which here answers inside the page. Both draw in the same font. A key and a move are measured after a first one, which makes what all later ones use. \`kB\` is the script loaded from the start, gzipped.

${subjects
  .map((subject) =>
    section(
      subject,
      all.filter(({ contender }) => contender.subject === subject),
    ),
  )
  .join('\n\n')}
`
}

function section(subject: Subject, measured: readonly Measured[]): string {
  const floor = measured.find(({ contender }) => contender.isFloor)
  const heads =
    subject === 'form'
      ? ['work of a key']
      : subject === 'board'
        ? ['work of a move', 'frames p50 / p95', 'long tasks in scroll']
        : ['frames p50 / p95', 'long tasks in scroll']
  const head = ['', 'kB', 'first', 'work of the first paint', ...heads, 'nodes']
  const lines = measured.map(({ contender, rounds, weight }) => {
    const of = (pick: (round: Round) => number, digits = 0) => middle(pick)(rounds).toFixed(digits)
    const frames = `${of(({ frames }) => median(frames), 1)} / ${of(({ frames }) => p95(frames), 1)}`
    const own =
      subject === 'form'
        ? [of(({ actWork }) => actWork, 2)]
        : [...(subject === 'board' ? [of(({ actWork }) => actWork, 1)] : []), frames, of(({ longTasks }) => longTasks)]
    return [
      contender.name,
      weight.toFixed(1),
      of((round) => round.first),
      of((round) => round.firstWork),
      ...own,
      of((round) => round.elements),
    ]
  })
  const ours = measured.find(({ contender }) => contender.name.startsWith('crm-'))
  const verdicts = floor && ours ? bars[subject].map((bar) => verdict(bar, floor, ours)) : []
  return [`## ${titles[subject]}`, '', row(head), row(head.map(() => '---')), ...lines.map(row), '', ...verdicts].join('\n')
}

function verdict({ name, of, most }: Bar, floor: Measured, ours: Measured): string {
  const times = of(ours.rounds) / of(floor.rounds)
  return `- ${name}: ${times.toFixed(2)} x the floor, at most ${most}${times > most ? ': **missed**' : ''}`
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
