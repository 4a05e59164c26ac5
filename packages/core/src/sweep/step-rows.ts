import type { DeciderBody } from '../decider/body.ts'
import type { DeciderStage, DeciderStep, DeciderVersion } from '../decider/deciders.ts'
import type { RawRow, SelectPlan, StoreSession } from '../store/port.ts'
import { deciderStepTable, deciderVersionTable } from '../store/system-tables.ts'

const column = (name: string) => ({ column: name, nullable: false })
const ofDecider = { op: 'eq', operand: column('decider'), param: 1 } as const

const versionColumns = ['decider', 'version', 'body', 'at', 'by', 'note'] as const
const stepColumns = ['decider', 'seq', 'stage', 'version', 'pilot', 'at', 'by', 'note', 'schedule'] as const

const allVersions: SelectPlan = {
  table: deciderVersionTable,
  columns: versionColumns,
  order: [
    { operand: column('decider'), descending: false },
    { operand: column('version'), descending: true },
  ],
  revision: false,
}
const allSteps: SelectPlan = {
  table: deciderStepTable,
  columns: stepColumns,
  order: [
    { operand: column('decider'), descending: false },
    { operand: column('seq'), descending: true },
  ],
  revision: false,
}
const versionsOf: SelectPlan = { ...allVersions, where: ofDecider }
const stepsOf: SelectPlan = { ...allSteps, where: ofDecider }

/** What is kept of the deciders of a tenant: of one, or of all. Newest first. */
export async function readDeciders(
  session: StoreSession,
  tenant: string,
  decider?: string,
): Promise<{ readonly versions: ReadonlyMap<string, DeciderVersion[]>; readonly steps: ReadonlyMap<string, DeciderStep[]> }> {
  const params = decider === undefined ? [tenant] : [tenant, decider]
  const versions = await session.select(decider === undefined ? allVersions : versionsOf, params)
  const steps = await session.select(decider === undefined ? allSteps : stepsOf, params)
  return { versions: byDecider(versions, decodeVersion), steps: byDecider(steps, decodeStep) }
}

function byDecider<T>(rows: readonly RawRow[], decode: (row: RawRow) => T): ReadonlyMap<string, T[]> {
  return new Map([...Map.groupBy(rows, (row) => String(row.decider))].map(([id, own]) => [id, own.map(decode)]))
}

function decodeVersion(row: RawRow): DeciderVersion {
  return {
    ...json<DeciderBody>(row.body),
    version: Number(row.version),
    at: Number(row.at),
    by: String(row.by),
    note: textOrNull(row.note),
  }
}

function decodeStep(row: RawRow): DeciderStep {
  return {
    stage: String(row.stage) as DeciderStage,
    version: Number(row.version),
    pilot: row.pilot === null ? null : json(row.pilot),
    schedule: row.schedule === null ? null : json(row.schedule),
    at: Number(row.at),
    by: String(row.by),
    note: textOrNull(row.note),
  }
}

/** Keeps a version. Throws UniqueViolation where somebody else has just added one. */
export async function addVersion(
  session: StoreSession,
  tenant: string,
  decider: string,
  { version, at, by, note, ...body }: DeciderVersion,
): Promise<void> {
  await session.put(
    { table: deciderVersionTable, columns: ['tenant_id', ...versionColumns] },
    [[tenant, decider, version, JSON.stringify(body), at, by, note]],
    'error',
  )
}

/** Adds the next step of a life. */
export async function addStep(
  session: StoreSession,
  tenant: string,
  decider: string,
  seq: number,
  { stage, version, pilot, at, by, note, schedule }: DeciderStep,
): Promise<void> {
  const values = [tenant, decider, seq, stage, version, textOf(pilot), at, by, note, textOf(schedule)]
  await session.put({ table: deciderStepTable, columns: ['tenant_id', ...stepColumns] }, [values], 'error')
}

const textOf = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

function json<T>(value: unknown): T {
  return (typeof value === 'string' ? JSON.parse(value) : value) as T
}

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))
