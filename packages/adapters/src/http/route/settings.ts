import { crmError, type SettingChange, type SettingLevel, type SettingQuestion } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { readObject } from '../request/body.ts'
import { list, oneOf, wholeNumber } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import { closedKeys } from '../request/shape.ts'
import { bulkLimits, listLimits } from './limits.ts'
import type { Call } from './route.ts'

const levels = ['person', 'role', 'team', 'place', 'organisation'] as const satisfies readonly SettingLevel[]
const shape = '{ changes: [{ key, level, target, value | unset }], version?: number }'

/** The settings there are. */
export async function settingDefinitions({ exchange, session }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  return json({ settings: session.settings.definitions() })
}

/** Values that count for somebody, with where they come from. */
export async function resolvedSettings({ exchange, session }: Call): Promise<Reply> {
  const asked = readQuery(exchange.query, ['person', 'role', 'team', 'places', 'keys'])
  const question: SettingQuestion = {
    ...(asked.person !== undefined && { person: asked.person }),
    ...(asked.role !== undefined && { role: asked.role }),
    ...(asked.team !== undefined && { team: asked.team }),
    ...(asked.places !== undefined && { places: list('places', asked.places, listLimits.places) }),
  }
  return json({ settings: await session.settings.resolve(question, list('keys', asked.keys, listLimits.keys)) })
}

/** Values that have been set, at every level. */
export async function settingValues({ exchange, session }: Call): Promise<Reply> {
  const { level, target, keys } = readQuery(exchange.query, ['level', 'target', 'keys'])
  const values = await session.settings.values({ level: oneOf('level', level, levels), target, keys: list('keys', keys, listLimits.keys) })
  return json({ values })
}

/** What a setting was at a level, newest first. */
export async function settingHistory({ exchange, session }: Call): Promise<Reply> {
  const { key = '', level, target, limit } = readQuery(exchange.query, ['key', 'level', 'target', 'limit'])
  const entries = await session.settings.history({
    key,
    level: oneOf('level', level, levels) ?? 'organisation',
    target,
    limit: wholeNumber('limit', limit, 1, 500),
  })
  return json({ entries })
}

/** Sets and takes back values, all or none. */
export async function changeSettings({ exchange, session, settings }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  const body = await readObject(exchange, bulkLimits(settings))
  closedKeys(body, ['changes', 'version'])
  const { changes, version } = body
  if (version !== undefined && !Number.isSafeInteger(version)) throw crmError('BODY_INVALID', { expected: shape }, { path: '/version' })
  return json(await session.settings.set(changes as readonly SettingChange[], { version: version as number | undefined }))
}

/** Who would get which other value. Writes nothing. */
export async function previewSettings({ exchange, session, settings }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  const body = await readObject(exchange, bulkLimits(settings))
  closedKeys(body, ['changes', 'people'])
  const { changes, people } = body
  if (!Array.isArray(people) || !people.every((one) => typeof one === 'string'))
    throw crmError('BODY_INVALID', { expected: '{ changes: […], people: [id] }' }, { path: '/people' })
  return json({ effects: await session.settings.preview(changes as readonly SettingChange[], people) })
}
