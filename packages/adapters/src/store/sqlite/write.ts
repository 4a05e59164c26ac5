import type { RawRow, WriteOutcome, WriteValues } from '@guanxi/core/store'
import { fill } from '../sql/bindings.ts'
import { checkValues } from '../write/check-values.ts'
import { diffText, digestOf } from '../write/diff.ts'
import { unchanged, written, writtenAs } from '../write/outcome.ts'
import { placeValues } from '../write/place-values.ts'
import type { CompiledWrite } from './compile-write.ts'
import { composedDialect, sqliteDialect } from './dialect.ts'
import { GuardRefusal } from './errors.ts'
import { refusal } from './judge.ts'
import type { SqliteLink } from './link.ts'
import { differences, mergedExt, rowAfter } from './old-row.ts'
import { ownValues } from './own-values.ts'

/** Runs a composed write. Null: somebody else came in between, and it must be done again under the write lock. */
export async function runWrite(link: SqliteLink, compiled: CompiledWrite, values: WriteValues): Promise<WriteOutcome | null> {
  checkValues(compiled.plan, values)
  if (compiled.needsOld) return writeKnowingOld(link, compiled, values)
  const whole = compiled.plan.op === 'insert' ? { ...values, change: compiled.complete(values) } : values
  if (await carryOut(link, compiled, whole)) return written
  return refusal(compiled.plan, await readGuards(link, compiled, values), values)
}

/** The old row is read first, and the write is guarded by the version that was read. */
async function writeKnowingOld(link: SqliteLink, compiled: CompiledWrite, values: WriteValues): Promise<WriteOutcome | null> {
  const { plan } = compiled
  const old = await readGuards(link, compiled, values)
  const refused = refusal(plan, old, values)
  if (refused) return refused
  const change = plan.diff === 'sql' ? diffed(compiled, values, old) : values.change
  if (!change) return unchanged(rowAfter(plan, old, null))
  const version = Number(old.__version)
  const ext = plan.mergeExt ? mergedExt(old.ext, values.ext) : undefined
  const isWritten = await carryOut(link, compiled, { ...values, version, ext, change })
  if (!isWritten) return refusal(plan, await readGuards(link, compiled, values), values)
  return plan.returning.length === 0 ? written : writtenAs(rowAfter(plan, old, { set: values.set, ext, version: version + 1 }))
}

/** The change row's values with the diff made here, or null when nothing differs. */
function diffed(compiled: CompiledWrite, values: WriteValues, old: RawRow): WriteValues['change'] | null {
  const text = diffText(differences(compiled, values, old))
  if (text === '{}') return null
  return { ...values.change, values: text, digest: digestOf(values.change.salt, text) }
}

async function carryOut(link: SqliteLink, { statement, carried, places }: CompiledWrite, values: WriteValues): Promise<boolean> {
  try {
    await link.run(statement, placeValues(composedDialect, carried, places, values))
    return true
  } catch (error) {
    if (error instanceof GuardRefusal) return false
    throw error
  }
}

async function readGuards(link: SqliteLink, { guards }: CompiledWrite, values: WriteValues): Promise<RawRow> {
  const placed: unknown[] = new Array(guards.slots.length)
  fill(sqliteDialect, guards.slots, ownValues(values), values.policy ?? [], placed, 0)
  const [row] = await link.all(guards, placed)
  return row ?? {}
}
