import type { Session } from '../client/session.ts'
import type { ObjectView, RecordQuery } from '../client/types.ts'
import type { CrmList } from './list.ts'
import { Selection } from './selection.ts'

/** What a bulk action or a file is for: the records that match, and which of them are chosen. */
export interface ListScope {
  readonly object: ObjectView
  readonly selection: Selection
  readonly query: RecordQuery
  readonly session: Session
}

/** The scope of a list as it is now. */
export function scopeOf(list: CrmList): ListScope {
  const { object, query } = list.data
  if (!object) throw new Error('The list has no definition yet.')
  const { where, search, sort } = query
  return { object, selection: list.parts.chosen?.selection ?? new Selection(), query: { where, search, sort }, session: list.session }
}
