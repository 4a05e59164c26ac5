import type { Bar, Engine } from './bars.ts'
import type { Figure } from './figures.ts'
import type { Machine } from './machine.ts'

/** What was measured on one engine. */
export interface EngineResults {
  readonly engine: Engine
  /** Versions of driver and database. */
  readonly versions: string
  readonly figures: readonly Figure[]
}

/** How it was measured. */
export interface RunFacts {
  readonly date: string
  readonly command: string
  readonly machine: Machine
  readonly seeded: number
  readonly rounds: number
}

const introduction = `How much Guanxi costs on top of the database driver. All contenders of a table ran in one process and in one
run, warmed up and then taking turns in an order that moved on from round to round; the figures are medians over the rounds. Read the
ratios: the absolute figures are about this machine, the ratios are about the code. Each ratio is taken within its round, and is the
median of those, so it is not exactly that of the figures beside it.

- **CPU** is the time the process that does the work spent computing, per operation (per record in bulk): on
  PostgreSQL the client's share only, on SQLite everything. For HTTP it is the server process.
- **CPU ratio** is that as a multiple of the raw driver with prepared statements on a bare table. 1.00 is the limit;
  lower is better. Where there are two raw ways, each figure is compared with the better one.
- **Speed** is operations per second; **speed ratio** is that as a share of the raw driver. Higher is better.
- **Statements** is how many statements went to the database per operation. On PostgreSQL each is a round trip.
- **Bar** is what Guanxi in process must hold.

The record has 25 fields (12 text, 3 integers, 2 decimals, 3 dates, 2 booleans, 3 choices). Guanxi validates it, runs
one hook that changes a field, checks the role, guards the version, and writes a change row beside it: before the run
it is made sure that a wrong value, a stranger and an old version are refused. The raw driver does none of that. The
standard \`lead\` (Chinese names with pinyin, search words of four fields, the hooks of its life cycle) stands below
for comparison; it writes more, and a different record.

An import reads a CSV file in a thread of its own, guesses nothing (the mapping is given), and goes through the same door as a bulk
create; its limit is the raw driver writing the same rows and change rows, with the same indexes, in one transaction.

Settings are the same for everybody: SQLite in a file with WAL and \`synchronous = NORMAL\`; PostgreSQL with
\`synchronous_commit = off\`, so that the disk does not hide the rest. One connection and one caller, unless the table says eight.`

/** The whole report as Markdown. */
export function report(facts: RunFacts, results: readonly EngineResults[]): string {
  const { machine } = facts
  const head = [
    `# Benchmarks`,
    introduction,
    [
      `- Date: ${facts.date}`,
      `- Command: \`${facts.command}\``,
      `- Machine: ${machine.cores} × ${machine.model}, ${machine.platform}, Node ${machine.node}`,
      `- Guanxi's knex: ${machine.knex}`,
      `- ${facts.seeded.toLocaleString('en')} records in every table before the first round; ${facts.rounds} rounds, each turn 0.2 s at least`,
    ].join('\n'),
  ]
  return `${[...head, summary(results), ...results.map(section)].join('\n\n')}\n`
}

function summary(results: readonly EngineResults[]): string {
  const judged = results.flatMap(({ figures }) => figures.filter(({ met }) => met !== null))
  const met = judged.filter((figure) => figure.met).length
  return `**${met} of ${judged.length} bars met.**`
}

const columns = ['operation', 'contender', 'CPU µs', 'CPU ratio', 'speed /s', 'speed ratio', 'statements', 'bar', '']

function section({ engine, versions, figures }: EngineResults): string {
  const rows = figures.map((figure, index) => row(figure, figure.measurement.label === figures[index - 1]?.measurement.label))
  const lines = [line(columns), line(columns.map((_, index) => (index > 1 && index < 7 ? '--:' : '---'))), ...rows.map(line)]
  return `## ${engine}\n\n${versions}\n\n${lines.join('\n')}`
}

function row(
  { measurement, contender, role, cpu, cpuRatio, perSecond, wallRatio, statements, bar, met }: Figure,
  continues: boolean,
): string[] {
  const name = role === 'judged' ? `**${contender}**` : contender
  return [
    continues ? '' : measurement.label,
    name,
    figure(cpu),
    cpuRatio.toFixed(2),
    Math.round(perSecond).toLocaleString('en'),
    wallRatio.toFixed(2),
    statements < 10 ? String(Number(statements.toFixed(2))) : Math.round(statements).toLocaleString('en'),
    bar ? barText(bar) : '',
    met === null ? '' : met ? 'met' : '**missed**',
  ]
}

function barText({ cpu, wall, statements }: Bar): string {
  const parts = [
    cpu === undefined ? [] : [`CPU ≤ ${cpu}`],
    wall === undefined ? [] : [`speed ≥ ${(1 / wall).toFixed(2)}`],
    statements === undefined ? [] : [`${statements} statement`],
  ]
  return parts.flat().join(', ')
}

const figure = (value: number): string => (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
