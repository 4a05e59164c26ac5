import { createCrm, defineAction, defineObject, definePlugin, extendObject, type SaveInput, type Session } from '@guanxi/core'
import type { Database } from '../support/engines.ts'

export const firm = defineObject('firm', {
  type: 'object',
  properties: {
    name: { kind: 'text' },
    tier: { kind: 'choice', options: [{ value: 'a' }, { value: 'b' }] },
    note: { kind: 'text', maxLength: 200 },
    secret: { kind: 'text' },
  },
} as never)

const words = (text: string) => ({ 'zh-CN': text, en: text })

export const offer = defineObject(
  'offer',
  {
    type: 'object',
    properties: {
      title: { kind: 'text', label: words('title') },
      state: { kind: 'choice', options: ['open', 'won', 'lost'].map((value) => ({ value, label: words(value) })), label: words('state') },
      pieces: { kind: 'integer', minimum: 0, maximum: 1_000_000, label: words('pieces') },
      price: { kind: 'integer', minimum: 0, maximum: 1_000_000, label: words('price') },
      margin: { kind: 'integer', minimum: 0, maximum: 1_000_000, label: words('margin') },
      points: { kind: 'integer', label: words('points') },
      x: { kind: 'integer', minimum: 0, maximum: 1_000_000, label: words('x') },
      y: { kind: 'integer', minimum: 0, maximum: 1_000_000, label: words('y') },
      z: { kind: 'integer', minimum: 0, maximum: 1_000_000, label: words('z') },
      note: { kind: 'text', maxLength: 200, label: words('note') },
      firmId: { kind: 'reference', to: 'firm', label: words('firm') },
    },
  } as never,
  { label: words('offer'), nameField: 'title' } as never,
)

/** What the action of the plugin has been asked to do. */
export const heard: { readonly id: string; readonly text: unknown; readonly size: number }[] = []

const shout = defineAction<{ readonly text: { readonly en: string }; readonly size?: number }>({
  id: 'office.shout',
  label: { 'zh-CN': '喊', en: 'Shout' },
  params: {
    type: 'object',
    additionalProperties: false,
    required: ['text'],
    properties: { text: { type: 'object', 'x-text': true }, size: { type: 'integer', 'x-expression': true } },
  },
  run(cases) {
    for (const { id, params } of cases) heard.push({ id, text: params.text.en, size: params.size ?? 0 })
  },
})

const office = definePlugin({
  id: 'office',
  version: '1.0.0',
  core: '*',
  setup(p) {
    p.object(firm as never)
    p.object(offer as never)
    p.action(shout)
  },
})

export const admin = { id: 'ada', roles: ['admin'] }
export const rep = { id: 'ray', roles: ['rep'] }

const shelf = definePlugin({
  id: 'shelf',
  version: '1.0.0',
  core: '*',
  requires: { office: '*' },
  setup(p) {
    p.extend(extendObject(offer as never, { shelf: { kind: 'text' } } as never) as never)
  },
})

/** A CRM on the database; `withShelf`: with a plugin that adds a field to offers. */
export async function openOffice(database: Database, { withShelf = false } = {}) {
  const crm = createCrm({
    store: database.store(),
    tenant: 'test',
    plugins: withShelf ? [office(), shelf()] : [office()],
    standard: false,
    access: {
      admin: '*',
      rep: {
        offer: { read: 'all', create: 'all', update: 'all', fields: { margin: 'none' } },
        firm: { read: 'all', create: 'all', update: 'own', fields: { secret: 'none' } },
      },
    } as never,
  })
  await crm.open()
  return crm
}

let made = 0

/** Makes a decider and moves it on; the answer is its id. */
export async function rule(session: Session, save: SaveInput, to: 'on' | 'shadow' = 'on', object = 'offer'): Promise<string> {
  const { id } = await session.deciders.create({ name: `r${++made}`, object, label: { 'zh-CN': '规则', en: 'Rule' }, save })
  await session.deciders.advance(id, { to })
  return id
}

/** A compute with one rule that sets fields. */
export const sets = (when: unknown, values: object, more: Partial<SaveInput> = {}): SaveInput => ({
  kind: 'compute',
  rules: [{ id: 'one', when, do: [{ action: 'set', params: { values } }] }],
  ...more,
})
