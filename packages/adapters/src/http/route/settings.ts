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
    // Named but empty: nobody, so that only the places and the organisation count.
    ...(asked.person !== undefined && { person: asked.person || null }),
    ...(asked.role !== undefined && { role: asked.role }),
    ...(asked.team !== undefined && { team: asked.team }),
    ...(asked.places !== undefined && { places: list('places', asked.places, listLimits.places) }),
  }
  return json({ settings: await session.settings.resolve(question, list('keys', asked.keys, listLimits.keys)) })
}

/** What the actor may read and set there. */
export async function settingRights({ exchange, session }: Call): Promise<Reply> {
  const { level, target } = readQuery(exchange.query, ['level', 'target'])
  return json(await session.settings.rights({ level: oneOf('level', level, levels) ?? 'organisation', target }))
}

/** A page of people, each with the values that count for them. */
export async function peopleSettings({ exchange, session }: Call): Promise<Reply> {
  const { keys, team, search, after, limit } = readQuery(exchange.query, ['keys', 'team', 'search', 'after', 'limit'])
  const size = wholeNumber('limit', limit, 1, 500) ?? 100
  const which = search ? { search } : { after: after ?? '' }
  const people = await session.directory.people({ ...which, team, limit: size })
  const resolved = await session.settings.resolveMany(
    people.map(({ id }) => id),
    list('keys', keys, listLimits.keys),
  )
  const entries = people.map(({ id, name, teamIds }) => ({ person: { id, name, teamIds }, settings: resolved.get(id) ?? [] }))
  return json({ entries, cursor: !search && people.length === size ? (people.at(-1)?.id ?? null) : null })
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

/** Effects told one by one, at most. */
const effectsShown = 500

/** Who would get which other value: some people, or everybody. Writes nothing. */
export async function previewSettings({ exchange, session, settings }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  const body = await readObject(exchange, bulkLimits(settings))
  closedKeys(body, ['changes', 'people'])
  const { changes, people } = body
  if (people !== undefined && (!Array.isArray(people) || !people.every((one) => typeof one === 'string')))
    throw crmError('BODY_INVALID', { expected: '{ changes: […], people?: [id] }' }, { path: '/people' })
  const effects = await session.settings.preview(changes as readonly SettingChange[], people)
  const affected = new Set(effects.map(({ person }) => person)).size
  return json({ effects: effects.slice(0, effectsShown), total: effects.length, people: affected })
}
