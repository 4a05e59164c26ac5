import { CrmElement } from './element/crm-element.ts'
import { loadMembersBy, type Member, register } from './element/family.ts'
import { pickLocale } from './messages/locale.ts'
import { missingWords, wantWords } from './messages/messages.ts'
import { coreWords } from './messages/words.ts'

export { Client } from './client/client.ts'
export { ClientError } from './client/client-error.ts'
export { configure, forget, Session, sessionFor } from './client/session.ts'
export { RecordStore } from './client/store.ts'
export { registerRenderer } from './field/registry.ts'

const members: Readonly<Record<Member, () => Promise<CustomElementConstructor>>> = {
  field: async () => (await import('./field/field.ts')).CrmField,
  form: async () => (await import('./form/form.ts')).CrmForm,
  list: async () => (await import('./list/list.ts')).CrmList,
  board: async () => (await import('./board/board.ts')).CrmBoard,
  import: async () => (await import('./import/import.ts')).CrmImport,
  settings: async () => (await import('./settings/settings.ts')).CrmSettings,
  filter: async () => (await import('./filter/filter.ts')).CrmFilter,
  operations: async () => (await import('./operations/operations.ts')).CrmOperations,
  timeline: async () => (await import('./timeline/timeline.ts')).CrmTimeline,
  rules: async () => (await import('./rules/rules.ts')).CrmRules,
  inbox: async () => (await import('./inbox/inbox.ts')).CrmInbox,
}
/** What a member draws inside itself at once. */
const inside: Partial<Record<Member, readonly Member[]>> = { form: ['field'] }

/**
 * Registers the components as `<prefix>-form` and so on: those on the page at once, the others while the browser has nothing else to do.
 * Elements that stand on the page before are upgraded. Resolves when all are registered.
 */
export async function define(prefix = CrmElement.prefix): Promise<void> {
  const all = Object.keys(members) as Member[]
  const present = all.filter((member) => document.querySelector(`${prefix}-${member}`))
  await Promise.all(present.map((member) => load(member, prefix)))
  if (present.length > 0) await seen()
  await rest()
  await Promise.all(all.map((member) => load(member, prefix)))
}

async function load(member: Member, prefix: string): Promise<void> {
  const [component] = await Promise.all([members[member](), ...(inside[member] ?? []).map((one) => load(one, prefix))])
  register(member, component, prefix)
}

/** Milliseconds at most until others are loaded beside a component that has nothing to show yet, and what it has after that to be drawn. */
const LONGEST = 3000
const BREATH = 250

/** When one of the components on the page shows its records: whatever is loaded before that only holds it up. */
function seen(): Promise<unknown> {
  return new Promise((resolve) => {
    setTimeout(resolve, LONGEST)
    for (const type of ['crm-load', 'crm-error']) document.addEventListener(type, () => setTimeout(resolve, BREATH), { once: true })
  })
}

/** When the page has come to rest. */
function rest(): Promise<unknown> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve, { timeout: 1000 })
    else setTimeout(resolve, 200)
  })
}

wantWords(coreWords)
loadMembersBy(load)
// Words are on their way with the code; whoever needs them asks again and says what is wrong.
missingWords(pickLocale(document.documentElement.lang || navigator.language))?.catch(() => undefined)
define().catch((error: unknown) => console.error(error))
