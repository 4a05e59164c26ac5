// What clients share with the server: types only.
export type { DeciderBody } from './decider/body.ts'
export type * from './decider/deciders.ts'
export type { ConditionRule } from './decider/define-decider.ts'
export type { ScheduleTimes } from './job/schedule.ts'
