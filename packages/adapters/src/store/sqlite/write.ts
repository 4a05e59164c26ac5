import type { RawRow, WriteOutcome, WriteValues } from '@guanxi/core/store'
import { fill } from '../sql/bindings.ts'
import { changeRow } from '../write/change-row.ts'
import { checkValues } from '../write/check-values.ts'
import { diffText, digestOf } from '../write/diff.ts'
import { unchanged, written, writtenAs } from '../write/outcome.ts'
import { ownValues } from '../write/own-values.ts'
import type { CompiledWrite } from './compile-write.ts'
import { encodeSqlite, sqliteDialect } from './dialect.ts'
import type { Placed } from './guards.ts'
import { mustRefuse, refusal } from './judge.ts'
import type { SqliteLink } from './link.ts'
import { differences, mergedExt, rowAfter } from './old-row.ts'
import { writeSatellite } from './satellites.ts'

/**
 * Runs a composed write inside a transaction. Nothing is written before the verdict: either the guards are read first, or they
 * stand as a condition in the first statement that writes.
 */
export function runWrite(link: SqliteLink, compiled: CompiledWrite, values: WriteValues): Promise<WriteOutcome> {
  checkValues(compiled.plan, values)
  if (compiled.plan.op === 'insert') return insert(link, compiled, values)
  const canJudgeAndWrite = !compiled.needsOld && values.version !== null
  return canJudgeAndWrite ? updateGuarded(link, compiled, values, values.version) : updateKnowingOld(link, compiled, values)
}

async function insert(link: SqliteLink, compiled: CompiledWrite, values: WriteValues): Promise<WriteOutcome> {
  const row = encoded(values.set, compiled.added.length + compiled.guarded.slots.length)
  let at = values.set.length
  for (const column of compiled.added) row[at++] = column === 'id' ? values.id : values.tenant
  if (!(await writeGuarded(link, compiled, values, row, at))) return explain(link, compiled, values)
  const version = compiled.versionAt < 0 ? 1 : Number(values.set[compiled.versionAt])
  await writeRest(link, compiled, values, version, values.change.values, values.change.digest)
  return written
}

async function updateGuarded(link: SqliteLink, compiled: CompiledWrite, values: WriteValues, version: number): Promise<WriteOutcome> {
  const row = encoded(values.set, compiled.guarded.slots.length)
  if (!(await writeGuarded(link, compiled, values, row, values.set.length))) return explain(link, compiled, values)
  await writeRest(link, compiled, values, version + 1, values.change.values, values.change.digest)
  return written
}

async function updateKnowingOld(link: SqliteLink, compiled: CompiledWrite, values: WriteValues): Promise<WriteOutcome> {
  const { plan } = compiled
  const old = await readGuards(link, compiled.guards, values)
  const refused = refusal(plan, old, values)
  if (refused) return refused
  const isGiven = plan.diff === 'given'
  const text = isGiven ? values.change.values : diffText(differences(compiled, values, old))
  if (!isGiven && text === '{}') return unchanged(rowAfter(plan, old, null))
  const ext = plan.mergeExt ? mergedExt(old.ext, values.ext) : null
  const row = encoded(values.set, 0)
  if (plan.mergeExt) row.push(ext)
  row.push(values.tenant, values.id)
  await link.run(compiled.plain, row)
  const digest = isGiven ? values.change.digest : digestOf(values.change.salt, text ?? '')
  const version = Number(old.__version) + 1
  await writeRest(link, compiled, values, version, text, digest)
  return plan.returning.length === 0 ? written : writtenAs(rowAfter(plan, old, { set: values.set, ext, version }))
}

async function readGuards(link: SqliteLink, guards: Placed, values: WriteValues): Promise<RawRow> {
  const places: unknown[] = new Array(guards.slots.length)
  fill(sqliteDialect, guards.slots, ownValues(values), values.policy ?? [], places, 0)
  const [row] = await link.all(guards, places)
  return row ?? {}
}

async function writeGuarded(link: SqliteLink, compiled: CompiledWrite, values: WriteValues, row: unknown[], at: number): Promise<boolean> {
  fill(sqliteDialect, compiled.guarded.slots, ownValues(values), values.policy ?? [], row, at)
  return (await link.run(compiled.guarded, row)) > 0
}

/** Which guards kept the row from being written. */
async function explain(link: SqliteLink, compiled: CompiledWrite, values: WriteValues): Promise<WriteOutcome> {
  return mustRefuse(compiled.plan, await readGuards(link, compiled.guards, values), values)
}

async function writeRest(
  link: SqliteLink,
  compiled: CompiledWrite,
  values: WriteValues,
  version: number,
  text: string | null,
  digest: string | null,
): Promise<void> {
  if (compiled.counters) {
    const takes = values.counters.flatMap((take) => [values.tenant, take.kind, take.key, take.amount])
    await link.run(compiled.counters, takes)
  }
  await link.run(compiled.change, changeRow(values.tenant, values.id, version, values.change, text, digest))
  for (let index = 0; index < compiled.satellites.length; index++) {
    const satellite = compiled.satellites[index]
    if (satellite) await writeSatellite(link, satellite, values.tenant, values.satellites[index] ?? [])
  }
}

/** The values as the driver takes them, with room for more. */
function encoded(set: readonly unknown[], room: number): unknown[] {
  const row: unknown[] = new Array(set.length + room)
  for (let index = 0; index < set.length; index++) row[index] = encodeSqlite(set[index])
  return row
}
