/** Where new owners are told. */
export interface OwnerNoticesOptions {
  /** `inbox` unless said; channels that are not set up are left out. */
  readonly channels?: readonly string[]
}

/** JSON Schema of {@link OwnerNoticesOptions}. */
export const ownerNoticesOptions = {
  type: 'object',
  additionalProperties: false,
  properties: {
    channels: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' }, default: ['inbox'] },
  },
}
