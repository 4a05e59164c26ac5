import { isTextId } from '../access/to-actor.ts'
import { crmError } from '../error/crm-error.ts'
import { isStorableText } from '../kind/clean-text.ts'
import type { ReasonData } from '../reason/reason-data.ts'
import type { MessageTemplate } from '../template/define-message.ts'
import { parseDuration } from '../time/duration.ts'
import type { MessageInput } from './message.ts'

const priorities: readonly string[] = ['urgent', 'normal', 'low']
const longestFact = 10_000
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Refuses a message that cannot be sent. The template is the one of this CRM. */
export function requireMessage({ definition }: MessageTemplate, input: MessageInput): void {
  const { data, key, priority, at, about, channels } = input
  const facts = data as Readonly<Record<string, unknown>> | undefined
  for (const [name, kind] of Object.entries(definition.data ?? {}))
    if (!fits(kind, facts?.[name])) throw refuse('data', `“${name}” must be a ${kind}`, `/data/${name}`)
  const stranger = Object.keys(facts ?? {}).find((name) => !Object.hasOwn(definition.data ?? {}, name))
  if (stranger !== undefined) throw refuse('data', `the message knows no fact “${stranger.slice(0, 100)}”`, '/data')
  if (key !== undefined && !isTextId(key)) throw refuse('key', 'text of 1 to 200 characters is expected')
  if (priority !== undefined && !priorities.includes(priority)) throw refuse('priority', `it must be ${priorities.join(', ')}`)
  if (at !== undefined && !Number.isSafeInteger(at)) throw refuse('at', 'integer milliseconds UTC are expected')
  if (about !== undefined && !(isTextId(about?.object) && idPattern.test(String(about?.id))))
    throw refuse('about', 'an object and the id of a record are expected')
  if (channels !== undefined && !(Array.isArray(channels) && channels.length > 0 && channels.every(isTextId)))
    throw refuse('channels', 'a list of channels is expected')
}

/** Is a value of the kind a fact has? Null stands for “not known”. */
export function fits(kind: ReasonData[string], value: unknown): boolean {
  if (value === null) return true
  switch (kind) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'instant':
      return Number.isSafeInteger(value)
    case 'money': {
      const { minor, currency } = Object(value) as { minor?: unknown; currency?: unknown }
      return Number.isSafeInteger(minor) && typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)
    }
    case 'words': {
      const words = Object(value) as Readonly<Record<string, unknown>>
      return isText(words['zh-CN']) && isText(words.en)
    }
    case 'duration':
      return isText(value) && isDuration(value)
    default:
      return isText(value)
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestFact && isStorableText(value)
}

function isDuration(value: string): boolean {
  try {
    parseDuration(value)
    return true
  } catch {
    return false
  }
}

function refuse(name: string, reason: string, path = `/${name}`) {
  return crmError('PARAMETER_INVALID', { name, reason }, { path })
}
