import { pickLocale } from '../locale/locale.ts'
import type { ReasonView } from '../reason/reason-data.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { MessageTemplate } from '../template/define-message.ts'
import type { MessageText } from '../template/text.ts'
import { textSetting } from './settings.ts'

/** Facts of some messages, to be shown to one reader. */
export interface ShownFacts {
  readonly template: MessageTemplate
  readonly data: Readonly<Record<string, unknown>>
}

/** How one reader sees facts: names of people and teams are those of now. */
export async function viewOf(
  scope: Scope,
  facts: readonly ShownFacts[],
  reader: { locale: string | null; person: string | null },
): Promise<ReasonView> {
  const { kernel, actor } = scope
  const people = idsOf(facts, 'person')
  const teams = idsOf(facts, 'team')
  const session = sessionOf(scope)
  const names = new Map<string, string>()
  for (let start = 0; start < people.length; start += 1_000) {
    const ids = people.slice(start, start + 1_000)
    for (const { id, name } of await kernel.directory.people(actor.tenant, { ids, limit: 1_000 }, session)) names.set(`person:${id}`, name)
  }
  if (teams.length > 0) for (const { id, name } of await kernel.directory.teams(actor.tenant, session)) names.set(`team:${id}`, name)
  const settings = kernel.settingsReader(scope)
  const question = { person: reader.person }
  const locale = pickLocale(reader.locale ?? (await settings.get(kernel.messageSettings.locale, question)))
  return { locale, zone: await settings.get(kernel.calendarZone, question), nameOf: (kind, id) => names.get(`${kind}:${id}`) }
}

/** The tenant's own words for a message. */
export function ownText(scope: Scope, template: MessageTemplate): Promise<MessageText | null> {
  return scope.kernel.settingsReader(scope).get(textSetting(template), { person: null })
}

function idsOf(facts: readonly ShownFacts[], kind: 'person' | 'team'): string[] {
  const ids = facts.flatMap(({ template, data }) =>
    Object.entries(template.definition.data ?? {}).flatMap(([name, one]) => (one === kind && data[name] ? [String(data[name])] : [])),
  )
  return [...new Set(ids)]
}
