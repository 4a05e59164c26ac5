import {
  type AllocationContext,
  before,
  defineDecider,
  defineObject,
  definePlugin,
  defineReasons,
  defineSetting,
  type ObjectHandle,
  type Reason,
  type RecordOf,
} from '@guanxi/core'

const definition = defineObject('prospect', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, score: { type: 'integer' }, note: { type: 'string' } },
})
export interface Prospect extends RecordOf<typeof definition> {}
export const prospect: ObjectHandle<Prospect> = definition

export const capacity = defineSetting('intake.capacity', {
  type: 'integer',
  default: 3,
  label: { 'zh-CN': '保有上限', en: 'Most held' },
})

export const reasons = defineReasons({
  turn_came: {
    data: { person: 'person', held: 'number', capacity: 'number' },
    message: { 'zh-CN': '轮到 {person}（{held}/{capacity}）。', en: 'It was the turn of {person}, who holds {held} of {capacity}.' },
  },
  nobody_free: { message: { 'zh-CN': '没有人有空位。', en: 'Nobody has room.' } },
})

/** Somebody who may get a record. */
export interface Member {
  readonly id: string
  readonly denial: Reason | null
  readonly capacity: number
  held: number
  got: number
  /** When their last turn was; the lowest is next. */
  turn: number
}
export interface Round {
  readonly members: readonly Member[]
  turns: number
}

interface Kept {
  readonly turns: number
  readonly of: Readonly<Record<string, number>>
}

const free = ({ denial, held, capacity: most }: Member): boolean => denial === null && held < most

/** The one with room whose last turn was the longest ago. */
export function takeTurn(state: Round): Member | null {
  let next: Member | null = null
  for (const member of state.members)
    if (free(member) && (next === null || member.turn < next.turn || (member.turn === next.turn && member.id < next.id))) next = member
  if (next === null) return null
  state.turns += 1
  next.turn = state.turns
  next.held += 1
  next.got += 1
  return next
}

async function load({ records, people, denial, settings, kept, asOf }: AllocationContext): Promise<Round> {
  const everybody = await people({ team: 'sales' })
  const rows = await records(prospect).aggregate({ where: { ownerId: { isNull: false } }, group: ['ownerId'], asOf, limit: 1_000 })
  const held = new Map(rows.map(({ group, values }) => [group.ownerId, Number(values.count)]))
  const most = await settings(
    capacity,
    everybody.map(({ id }) => id),
  )
  const before = kept as Kept | null
  return {
    members: everybody.map((person) => ({
      id: person.id,
      denial: denial(person),
      capacity: most.get(person.id) ?? 0,
      held: held.get(person.id) ?? 0,
      got: 0,
      turn: before?.of[person.id] ?? 0,
    })),
    turns: before?.turns ?? 0,
  }
}

const whyNot = (member: Member): readonly Reason[] => (member.denial ? [member.denial] : free(member) ? [] : [reasons.make.nobody_free()])

export const assign = defineDecider({
  id: 'intake.assign',
  kind: 'allocation',
  object: prospect,
  label: { 'zh-CN': '轮流分配', en: 'Round robin' },
  subjects: { ownerId: { isNull: true } },
  order: ['-score'],
  sets: ['ownerId'],
  code: 1,
  load,
  decide: (state: Round) => {
    const considered = state.members.map((member) => ({ ...member }))
    const member = takeTurn(state)
    const candidates = () =>
      considered.map((one) => ({ id: one.id, rank: free(one) ? 1 + one.turn : null, reasons: whyNot(one), facts: { held: one.held } }))
    if (member === null) return { decision: { set: null, reason: reasons.make.nobody_free(), candidates }, state }
    const { id, held, capacity: most } = member
    return { decision: { set: { ownerId: id }, reason: reasons.make.turn_came({ person: id, held, capacity: most }), candidates }, state }
  },
  keep: ({ turns, members }) => ({ turns, of: Object.fromEntries(members.map(({ id, turn }) => [id, turn])) }),
  standing: ({ members }) => members.map((member) => ({ id: member.id, reasons: whyNot(member), facts: { got: member.got } })),
  metrics: { most: { label: { 'zh-CN': '最多', en: 'Most held' }, of: ({ members }) => Math.max(...members.map(({ held }) => held), 0) } },
  limits: { blast: { records: 10 } },
})

/** The plugin, with a hook on the owner or without. */
export const intake = (hook?: (ownerId: unknown, reject: () => never) => void) =>
  definePlugin({
    id: 'intake',
    version: '1.0.0',
    core: '*',
    setup(p) {
      p.object(prospect)
      p.setting(capacity)
      p.reasons(reasons)
      p.decider(assign)
      p.errors({ INTAKE_REFUSED: { message: { 'zh-CN': '不行。', en: 'No.' } } })
      if (hook)
        p.hook(
          before(prospect, { id: 'watch', on: ['update'], fields: ['ownerId'] }, (change, context) =>
            hook((change as { next: { ownerId?: unknown } }).next.ownerId, () => context.reject('INTAKE_REFUSED')),
          ),
        )
    },
  })()
