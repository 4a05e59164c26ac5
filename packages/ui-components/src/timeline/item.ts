import type { DeciderDecision } from '@guanxi/core/types'
import type { ChangeView, DecisionOutline } from '../client/log-client.ts'
import type { CrmRecord } from '../client/types.ts'

/** One thing that happened to a record. */
export type TimelineItem =
  | { readonly kind: 'change'; readonly key: string; readonly at: number; readonly change: ChangeView }
  | { readonly kind: 'decision'; readonly key: string; readonly at: number; readonly decision: DecisionOutline }
  | { readonly kind: 'shadow'; readonly key: string; readonly at: number; readonly decision: DeciderDecision }
  | { readonly kind: 'activity'; readonly key: string; readonly at: number; readonly activity: CrmRecord }

/** What made a change, as far as it is known. */
export interface Cause {
  readonly kind: string
  readonly id: string
  readonly version?: number
  readonly run?: string
}

/** The cause of a change; null where somebody simply made it. */
export function causeOf({ cause }: ChangeView): Cause | null {
  return typeof cause === 'object' && cause !== null && 'kind' in cause && typeof cause.kind === 'string' ? (cause as Cause) : null
}

/** Under which a decision of a rule is found again among the changes it made. */
export const decisionKey = (decider: string, at: number): string => `${decider} ${at}`
