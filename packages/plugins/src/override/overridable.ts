import {
  before,
  type Command,
  type CommandContext,
  coreReasons,
  defineCommand,
  defineReasons,
  defineSetting,
  extendObject,
  type ObjectHandle,
  type PluginRecorder,
  type PropertySchema,
  type Records,
} from '@guanxi/core'
import { waitUntil } from '@guanxi/core/time'

/** A value that a rule keeps computing, and that somebody may overrule for a while. */
export interface OverridableOptions {
  /** Id of the plugin that records it. */
  readonly plugin: string
  readonly object: ObjectHandle<object>
  /** Name of the effective value; the computed one is `auto` and this name. */
  readonly field: string
  /** What both values are. */
  readonly property: PropertySchema
  /** Roles that may overrule. */
  readonly roles: readonly string[]
}

/** What somebody overrules, and why. */
export interface OverrideInput {
  readonly id: string
  readonly value: unknown
  /** Code of the reason, such as `ceo_decision`. */
  readonly reason: string
  /** Until when, ms; the setting `<plugin>.overrideFor` (90 days) unless said. */
  readonly until?: number
}

/** The parts of an overridable value. */
export interface Overridable {
  /** The object with the fields `autoX`, `x`, `xOverrideReason`, `xOverrideBy` and `xOverrideUntil`. Rules write `autoX` only. */
  readonly object: ObjectHandle<object>
  readonly names: OverrideNames
  readonly override: Command<OverrideInput, null>
  readonly release: Command<{ readonly id: string }, null>
  /** Lets `x` follow `autoX` again where an override has ended; the host calls it as often as it likes. */
  readonly expire: Command<Record<string, never>, { readonly expired: number }>
  /** Records all of it; called in the plugin's `setup`. */
  register(recorder: PluginRecorder): void
}

/** Names of the fields. */
export interface OverrideNames {
  readonly value: string
  readonly auto: string
  readonly reason: string
  readonly by: string
  readonly until: string
}

type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly version: number }

const reasons = defineReasons({
  override_ended: {
    data: { until: 'instant' },
    message: { 'zh-CN': '截止时间 {until} 已过。', en: 'It would end at {until}, which has passed.' },
  },
  not_overridden: { message: { 'zh-CN': '当前没有人工改写。', en: 'Nothing is overruled here.' } },
})

/** Reasons of overrides; a plugin that registers several overridable values records them once. */
export const overrideReasons = reasons

/** Makes a value overridable: both values as fields, the rule that joins them, and the commands. */
export function overridable({ plugin, object, field, property, roles }: OverridableOptions): Overridable {
  const names = namesOf(field)
  const extended = extendObject(object, fieldsOf(names, property)) as ObjectHandle<object>
  const period = defineSetting(`${plugin}.overrideFor`, {
    type: 'duration',
    default: '90d',
    stricter: 'lower',
    label: { 'zh-CN': '人工改写有效期', en: 'An override lasts' },
  })
  const rowsOf = (context: Pick<CommandContext, 'records'>): Records => context.records(extended) as unknown as Records
  const systemRows = (context: CommandContext): Records => context.system(extended) as unknown as Records
  const exists = async ({ id }: { readonly id: string }, context: Pick<CommandContext, 'records'>) =>
    (await rowsOf(context).count({ where: { id } })) === 1 ? null : coreReasons.make.record_missing()
  const id = { type: 'string', minLength: 36, maxLength: 36 }

  const override = defineCommand<OverrideInput, null>({
    id: `${plugin}.override-${dashed(field)}`,
    roles,
    input: {
      type: 'object',
      required: ['id', 'value', 'reason'],
      additionalProperties: false,
      properties: { id, value: true, reason: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,99}$' }, until: { type: 'integer' } },
    },
    checks: [
      { id: 'exists', check: exists },
      { id: 'until', check: ({ until }, { now }) => (until !== undefined && until <= now ? reasons.make.override_ended({ until }) : null) },
    ],
    run: async ({ id: row, value, reason, until }, context) => {
      const end = until ?? waitUntil(await context.workingTime(), context.now, await context.settings.get(period))
      const patch = { [names.value]: value, [names.reason]: reason, [names.by]: context.identity.id, [names.until]: end }
      await systemRows(context).update({ id: row, version: 'any' }, patch)
      return null
    },
  })

  const release = defineCommand<{ readonly id: string }, null>({
    id: `${plugin}.release-${dashed(field)}`,
    roles,
    input: { type: 'object', required: ['id'], additionalProperties: false, properties: { id } },
    checks: [
      { id: 'exists', check: exists },
      {
        id: 'overridden',
        needs: ['exists'],
        check: async ({ id: row }, context) =>
          ((await rowsOf(context).get(row)) as Row)[names.until] === null ? reasons.make.not_overridden() : null,
      },
    ],
    run: async ({ id: row }, context) => {
      await follow(systemRows(context), (await rowsOf(context).get(row)) as Row, names)
      return null
    },
  })

  const expire = defineCommand<Record<string, never>, { readonly expired: number }>({
    id: `${plugin}.expire-${dashed(field)}`,
    roles: ['admin'],
    input: { type: 'object', additionalProperties: false },
    checks: [],
    run: async (_, context) => {
      const records = systemRows(context)
      const ended = await records.find({ where: { [names.until]: { lte: context.now } }, limit: 500 })
      for (const row of ended.records) await follow(records, row as unknown as Row, names)
      return { expired: ended.records.length }
    },
  })

  return {
    object: extended,
    names,
    override,
    release,
    expire,
    register: (recorder) => {
      recorder.extend(extended)
      recorder.setting(period)
      recorder.command(override)
      recorder.command(release)
      recorder.command(expire)
      recorder.hook(followHook(extended, names))
    },
  }
}

/** The effective value follows the computed one wherever nobody overrules it. */
function followHook(object: ObjectHandle<object>, names: OverrideNames) {
  const reads = [names.auto, names.until]
  return before(
    object,
    { id: `follow-${dashed(names.auto)}`, on: ['create', 'update'], fields: [names.auto], reads },
    (change, { now }) => {
      const next = change.next as Readonly<Record<string, unknown>>
      const until = next[names.until]
      if (!change.touched.has(names.auto) || (typeof until === 'number' && until > now)) return
      change.set({ [names.value]: next[names.auto], ...(typeof until === 'number' && cleared(names)) } as never)
    },
  )
}

async function follow(records: Records, row: Row, names: OverrideNames): Promise<void> {
  await records.update({ id: row.id, version: row.version }, { [names.value]: row[names.auto] ?? null, ...cleared(names) })
}

function cleared({ reason, by, until }: OverrideNames): Record<string, null> {
  return { [reason]: null, [by]: null, [until]: null }
}

function namesOf(field: string): OverrideNames {
  const auto = `auto${field.slice(0, 1).toUpperCase()}${field.slice(1)}`
  return { value: field, auto, reason: `${field}OverrideReason`, by: `${field}OverrideBy`, until: `${field}OverrideUntil` }
}

function fieldsOf({ value, auto, reason, by, until }: OverrideNames, property: PropertySchema): Record<string, PropertySchema> {
  const { label } = property
  const computed = label && { label: { 'zh-CN': `${label['zh-CN']}（自动）`, en: `${label.en} (computed)` } }
  return {
    [value]: { ...property, readOnly: true },
    [auto]: { ...property, readOnly: true, ...computed },
    [reason]: { kind: 'text', maxLength: 100, readOnly: true, label: { 'zh-CN': '改写理由', en: 'Overruled because' } },
    [by]: { kind: 'user', readOnly: true, label: { 'zh-CN': '改写人', en: 'Overruled by' } },
    [until]: { kind: 'instant', readOnly: true, index: true, label: { 'zh-CN': '改写截止', en: 'Overruled until' } },
  }
}

/** `valueTier` as a part of an id: `value-tier`. */
function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
