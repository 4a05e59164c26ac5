import { defineDecider, defineObject, definePlugin, defineReasons, type ObjectHandle, type RecordOf, type Session } from '@guanxi/core'
import type { TestCrm } from '@guanxi/core/testing'
import { expect } from 'vitest'
import type { Database } from '../support/engines.ts'
import type { UseCase } from './use-case.ts'

const words = { 'zh-CN': '甲', en: 'A' }
const states = { enum: ['due', 'done'] } as const
const definition = defineObject('chore', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, batch: { type: 'string' }, state: states, title: { type: 'string', search: true } },
})
interface Chore extends RecordOf<typeof definition> {}
const chore: ObjectHandle<Chore> = definition
const reasons = defineReasons({ turn: { message: words } })

/** A plain rule, written by one statement; one whose field is searched, so that it goes through the hooks; and an allocation. */
const allot = defineDecider({
  id: 'chores.allot',
  kind: 'allocation',
  object: chore,
  subjects: { ownerId: { isNull: true } },
  sets: ['ownerId'],
  code: 1,
  load: async ({ kept }): Promise<number> => Number(kept ?? 0),
  decide: (turn: number) => ({
    decision: { set: { ownerId: `rep${turn % 2}` }, reason: reasons.make.turn() },
    state: turn + 1,
  }),
  keep: (turn: number) => turn,
  limits: { blast: { records: null, share: null } },
})
const rule = (id: string, set: Readonly<Record<string, string>>) =>
  defineDecider({
    ...({ id, kind: 'condition', object: chore, because: words, set } as const),
    when: { state: 'due' },
    limits: { blast: { records: null, share: null } },
  } as never)
export const chores = definePlugin({
  id: 'chores',
  version: '1.0.0',
  core: '*',
  setup(plugin) {
    plugin.object(chore)
    plugin.reasons(reasons)
    plugin.decider(rule('chores.tidy', { state: 'done' }))
    plugin.decider(rule('chores.tell', { state: 'done', title: 'told' }))
    plugin.decider(allot)
  },
})

const size = 3

type Values = Partial<Chore> & { readonly ownerId?: string | null }

/** Runs of deciders and what takes them back: whichever call fails, each record is decided about exactly once. */
export function deciderCases(crm: () => TestCrm, database: () => Database): Readonly<Record<string, () => UseCase>> {
  const user = (): Session => crm().user() as unknown as Session
  const at = (key: string): number => crm().clock.now - 1_000_000_000 + Number(key)
  const instants = new Map<string, number>()
  const runs = new Map<string, string>()
  const number = async (sql: string): Promise<number> => Number((await database().sql(`SELECT count(*) AS n FROM ${sql}`))[0]?.n)
  const make = (key: string, values: Values) =>
    user()
      .records(chore)
      .createMany(Array.from({ length: size }, (_, index) => ({ name: `${key} ${index}`, batch: key, ...values })))
  const carryOut = async (decider: string, key: string): Promise<void> => {
    const known = instants.get(`${decider} ${key}`) ?? at(key)
    instants.set(`${decider} ${key}`, known)
    const result = await user().deciders.run(decider, { at: known })
    if (result.status !== 'done' || result.run.status !== 'done') throw new Error('it stopped half way')
    runs.set(`${decider} ${key}`, result.run.id)
    expect(result.run.affected).toBe(size)
  }
  /** Records that hold the decision; each has exactly one change row of a run, and each run one entry in the log. */
  const decided = async (decider: string, where: string): Promise<number> => {
    const records = await number(`crm_chore WHERE ${where}`)
    const changes = await number(`crm_change WHERE op = 'update' AND cast(cause as text) LIKE '%"kind":"decider","id":"${decider}"%'`)
    expect(changes).toBe(records)
    return records
  }
  const run = (decider: string, where: string, values: Values) => (): UseCase => ({
    prepare: async (key) => {
      if (key === '1') await user().deciders.advance(decider, { to: 'on' })
      await make(`${decider} ${key}`, values)
    },
    run: (key) => carryOut(decider, key),
    count: () => decided(decider, where),
    size,
    isAtomic: true,
  })
  return {
    'a run of a rule by one statement': run('chores.tidy', `state = 'done' AND batch LIKE 'chores.tidy %'`, { state: 'due' }),
    'a run of a rule through the hooks': run('chores.tell', `title = 'told'`, { state: 'due' }),
    'a run of an allocation': run('chores.allot', `owner_id LIKE 'rep%'`, { ownerId: null }),
    'taking a run back': () => ({
      prepare: async (key) => {
        const { deciders } = user()
        const { id } = await deciders.create({
          ...{ name: `mend-${key}`, object: 'chore', label: words },
          rules: [{ id: 'only', when: { batch: `mend ${key}` }, set: { state: 'done' }, because: words }],
          limits: { blast: { records: null, share: null } },
        })
        await deciders.advance(id, { to: 'on' })
        await make(`mend ${key}`, {})
        await carryOut(id, key)
      },
      run: async (key) => {
        const id = runs.get(`admin.mend-${key} ${key}`) ?? ''
        const found = await user().deciders.getRun(id)
        if (found.status !== 'undone') await user().deciders.undo(id)
      },
      count: async () => {
        const back = await number(`crm_chore WHERE batch LIKE 'mend %' AND state IS NULL`)
        expect(await number(`crm_change WHERE cast(cause as text) LIKE '%"kind":"undo"%'`)).toBe(back)
        return back
      },
      size,
      isAtomic: true,
    }),
  }
}
