import type { Words } from '../locale/locale.ts'
import type { ReasonData } from '../reason/reason-data.ts'
import { placesOf, textFunctions } from './text.ts'

/** What a message is for. Consent, caps and quiet hours go by it; `work` is what colleagues tell each other. */
export const messagePurposes = ['work', 'service', 'transaction', 'marketing'] as const

/** One of {@link messagePurposes}. */
export type MessagePurpose = (typeof messagePurposes)[number]

/** A message as its author writes it. */
export interface MessageDefinition<D extends ReasonData = ReasonData> {
  /** What admins and the filter of the inbox call it. */
  readonly label: Words
  readonly purpose: MessagePurpose
  /** The facts its text may mention, by kind. Names of records come as `text`. */
  readonly data?: D
  /** One line: the subject of an e-mail, the headline in the inbox. `{name}` is replaced by the fact. */
  readonly title: Words
  /** Plain text of several lines. It may mention fewer facts, or more. */
  readonly body?: Words
  /** Where it goes unless the sender says: the inbox, for people of the directory. Channels that the host has not set up are left out. */
  readonly channels?: readonly string[]
}

/** A message: its key, and what it says. Carries the types of its facts. */
export interface MessageTemplate<D extends ReasonData = ReasonData> {
  /** `<plugin>.<name>`, such as `owner-notices.leadAssigned`. */
  readonly key: string
  readonly definition: MessageDefinition
  /** Type only. */
  readonly data?: D
}

/** Declares a message. Checked when a plugin records it. */
export function defineMessage<const D extends ReasonData = Record<never, never>>(
  key: string,
  definition: MessageDefinition<D>,
): MessageTemplate<D> {
  return Object.freeze({ key, definition: Object.freeze(definition) as MessageDefinition })
}

const keyPattern = /^[a-z][a-z0-9-]*\.[a-z][A-Za-z0-9]*$/
const channelPattern = /^[a-z][a-z0-9-]*$/

/** Kinds of facts a message may mention: all of reasons but records, whose names their readers may not all see. */
export const messageDataKinds = ['text', 'number', 'instant', 'date', 'duration', 'person', 'team', 'money', 'words'] as const

/** Everything wrong with the declaration of a message, in words. */
export function messageProblems(prefix: string, { key, definition }: MessageTemplate): string[] {
  const { label, purpose, data = {}, title, body, channels = [] } = definition
  const problems: string[] = []
  const refuse = (reason: string): void => void problems.push(`the message “${key}” ${reason}`)
  if (!keyPattern.test(key) || !key.startsWith(`${prefix}.`)) refuse(`needs a key such as “${prefix}.newOwner”`)
  if (!messagePurposes.includes(purpose)) refuse(`needs a purpose: ${messagePurposes.join(', ')}`)
  for (const [name, kind] of Object.entries(data))
    if (!messageDataKinds.some((known) => known === kind)) refuse(`has a fact “${name}” of the unknown kind “${String(kind)}”`)
  for (const channel of channels) if (!channelPattern.test(channel)) refuse(`names “${channel}”, which is no channel`)
  for (const [what, words] of [['label', label], ['title', title], ...(body ? ([['body', body]] as const) : [])] as const) {
    for (const language of ['zh-CN', 'en'] as const) {
      const text = words?.[language]
      if (typeof text !== 'string' || text.trim() === '') refuse(`has no ${what} in ${language}`)
      else for (const problem of textProblems(text, data)) refuse(`in its ${what} in ${language}: ${problem}`)
    }
  }
  return problems
}

/** What is wrong with the places of a text, in words. */
export function textProblems(text: string, data: ReasonData): string[] {
  return placesOf(text).flatMap(({ place, name, fn }) => {
    const kind = Object.hasOwn(data, name) ? data[name] : undefined
    if (kind === undefined) return [`{${place}} stands for no fact; there are ${Object.keys(data).join(', ') || 'none'}`]
    if (fn !== undefined && !textFunctions[fn]?.includes(kind)) return [`{${place}}: “${fn}” does not go with a ${kind}`]
    return []
  })
}
