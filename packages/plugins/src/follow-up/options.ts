import type { Activity } from '@guanxi/core/standard'

/** What counts as a follow-up. */
export interface FollowUpOptions {
  /** Ways of contact that count; a note is none. */
  readonly kinds?: readonly Activity['kind'][]
}

/** JSON Schema of {@link FollowUpOptions}. */
export const followUpOptions = {
  type: 'object',
  additionalProperties: false,
  properties: {
    kinds: {
      type: 'array',
      uniqueItems: true,
      items: { enum: ['call', 'visit', 'meeting', 'im', 'email', 'note'] },
      default: ['call', 'visit', 'meeting', 'im', 'email'],
    },
  },
}
