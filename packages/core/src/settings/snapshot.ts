import type { Resolved, SettingSubject, StoredSetting } from './resolved.ts'
import type { Setting, SettingLevel } from './setting.ts'
import { isStricter } from './stricter.ts'

/** Values of one setting by level and target. */
type ByLevel = Readonly<Record<SettingLevel, ReadonlyMap<string, StoredSetting>>>

/** A value set or, with `value` undefined, taken back. */
export type SettingRow = Omit<StoredSetting, 'value'> & { readonly value?: unknown }

const nobody: ReadonlyMap<string, StoredSetting> = new Map()
const nothing: ByLevel = { person: nobody, role: nobody, team: nobody, place: nobody, organisation: nobody }

/** All values that a tenant has set, at one version of its configuration. Never changes: newer rows make a new one. */
export class SettingsSnapshot {
  static readonly empty = new SettingsSnapshot(0, new Map())
  /** The tenant's revision up to which rows are in. */
  readonly version: number
  readonly #byKey: ReadonlyMap<string, ByLevel>

  private constructor(version: number, byKey: ReadonlyMap<string, ByLevel>) {
    this.version = version
    this.#byKey = byKey
  }

  /** With rows that came since. */
  with(version: number, rows: readonly SettingRow[]): SettingsSnapshot {
    if (rows.length === 0 && version === this.version) return this
    const byKey = new Map(this.#byKey)
    for (const [key, own] of Map.groupBy(rows, (row) => row.key)) byKey.set(key, changed(byKey.get(key) ?? nothing, own))
    return new SettingsSnapshot(version, byKey)
  }

  /** The value that counts. */
  value<V>(setting: Setting<V>, subject: SettingSubject): V {
    const found = this.#winner(setting, subject)
    return (found ? found.value : setting.definition.default) as V
  }

  /** The value that counts, and why. */
  explain<V>(setting: Setting<V>, subject: SettingSubject): Resolved<V> {
    const winner = this.#winner(setting, subject)
    const passed = [...this.#candidates(setting.key, subject)].flat().filter((one) => one !== winner)
    return {
      key: setting.key,
      value: (winner ? winner.value : setting.definition.default) as V,
      level: winner?.level ?? 'default',
      target: winner?.target || null,
      version: winner?.version ?? 0,
      configVersion: this.version,
      at: winner?.at ?? null,
      by: winner?.by ?? null,
      passed,
    }
  }

  /** Everything set, in order of key, level and target. */
  *all(): Generator<StoredSetting> {
    for (const key of [...this.#byKey.keys()].sort()) {
      const levels = this.#byKey.get(key) ?? nothing
      for (const values of Object.values(levels)) yield* [...values.values()].sort((a, b) => (a.target < b.target ? -1 : 1))
    }
  }

  /** Written out, because deciders ask it in their innermost loop. */
  #winner({ key, definition }: Setting, { person, roles, teams, places }: SettingSubject): StoredSetting | undefined {
    const levels = this.#byKey.get(key)
    if (!levels) return undefined
    const own = person === null ? undefined : levels.person.get(person)
    if (own) return own
    let found = strictest(definition, levels.role, roles)
    for (let distance = 0; !found && distance < teams.length; distance++) found = strictest(definition, levels.team, teams[distance] ?? [])
    return found ?? strictest(definition, levels.place, places) ?? levels.organisation.get('')
  }

  /** Values that apply, the most specific level first; within a level in order of their targets, so that ties have one answer. */
  *#candidates(key: string, { person, roles, teams, places }: SettingSubject): Generator<readonly StoredSetting[]> {
    const levels = this.#byKey.get(key)
    if (!levels) return
    if (person !== null) yield found(levels.person, [person])
    yield found(levels.role, roles)
    if (levels.team.size > 0) for (const near of teams) yield found(levels.team, near)
    yield found(levels.place, places)
    yield found(levels.organisation, [''])
  }
}

/** The strictest value of a level; of equally strict ones that of the target whose id comes first. */
function strictest(
  definition: Setting['definition'],
  values: ReadonlyMap<string, StoredSetting>,
  targets: readonly string[],
): StoredSetting | undefined {
  if (values.size === 0) return undefined
  let winner: StoredSetting | undefined
  for (const target of targets) {
    const one = values.get(target)
    if (one && (!winner || beats(definition, one, winner))) winner = one
  }
  return winner
}

function beats(definition: Setting['definition'], one: StoredSetting, other: StoredSetting): boolean {
  if (isStricter(definition, one.value, other.value)) return true
  return one.target < other.target && !isStricter(definition, other.value, one.value)
}

const none: readonly StoredSetting[] = []

function found(values: ReadonlyMap<string, StoredSetting>, targets: readonly string[]): readonly StoredSetting[] {
  if (values.size === 0) return none
  const applying = targets.flatMap((target) => values.get(target) ?? [])
  return applying.length > 1 ? applying.sort((a, b) => (a.target < b.target ? -1 : 1)) : applying
}

function changed(levels: ByLevel, rows: readonly SettingRow[]): ByLevel {
  const next = { ...levels } as Record<SettingLevel, ReadonlyMap<string, StoredSetting>>
  for (const [level, own] of Map.groupBy(rows, (row) => row.level)) {
    const values = new Map(next[level])
    for (const row of own) {
      if (row.value === undefined) values.delete(row.target)
      else values.set(row.target, row as StoredSetting)
    }
    next[level] = values
  }
  return next
}
