import { fieldOf } from '../client/record.ts'
import type { FieldKind, FieldView, ObjectView } from '../client/types.ts'

/** Which fields of an object a card shows, found by kind and by the names the standard objects use. */
export interface CardFields {
  /** Shown in bold where set: whom it is about. */
  readonly customer: FieldView | null
  readonly about: FieldView | null
  readonly amount: FieldView | null
  readonly day: FieldView | null
  /** When something last moved on, and when the card came into its column. */
  readonly progress: FieldView | null
  readonly since: FieldView | null
  /** Where its place is kept; null where cards stand in the order they came. */
  readonly rank: FieldView | null
}

/** Chooses a card's fields. */
export function cardFields(object: ObjectView): CardFields {
  const named = (name: string) => fieldOf(object, name) ?? null
  const first = (...kinds: readonly FieldKind[]) => {
    const listed = (object.columns ?? []).map((name) => fieldOf(object, name)).filter((field) => field !== undefined)
    return (
      [...listed, ...object.fields].find(
        (field) => field.layer !== 'system' && field.name !== object.nameField && kinds.includes(field.kind),
      ) ?? null
    )
  }
  return {
    customer: object.fields.find((field) => field.kind === 'reference' && field.to === 'customer') ?? null,
    about: named('companyName') ?? first('text'),
    amount: first('money'),
    day: named('closeDate') ?? first('date'),
    progress: named('lastProgressAt') ?? named('firstValidFollowUpAt'),
    since: named('stageSince') ?? named('statusSince'),
    rank: rankField(object),
  }
}

function rankField(object: ObjectView): FieldView | null {
  const field = fieldOf(object, 'rank')
  return field?.kind === 'text' && !field.readOnly && field.sortable ? field : null
}

/** Names to read for the cards. */
export function cardFieldNames(object: ObjectView, fields: CardFields, groupBy: readonly (string | null)[]): readonly string[] {
  const names = [
    object.nameField,
    ...groupBy,
    'pipelineId',
    'ownerId',
    ...Object.values(fields).map((field: FieldView | null) => field?.name),
  ]
  return [...new Set(names)].filter((name): name is string => typeof name === 'string' && fieldOf(object, name) !== undefined)
}
