import { before, type Hook } from '../../hook/hook.ts'
import type { ObjectHandle } from '../../object/handle.ts'
import { savedView } from '../object/saved-view.ts'
import { segment } from '../object/segment.ts'

/** What is shared is seen by everybody and changed by its owner, or by an admin. */
const ownedBy = (object: ObjectHandle<object>, id: string, code: string): Hook =>
  before(object, { id, on: ['update', 'delete', 'restore'], reads: ['ownerId'] }, ({ previous }, context) => {
    const { id: actor, kind, roles } = context.actor
    if (previous?.ownerId === actor || kind === 'system' || roles.includes('admin')) return
    context.reject(code)
  })

export const ownView = ownedBy(savedView, 'own-view', 'STANDARD_VIEW_OF_OTHER')
export const ownSegment = ownedBy(segment, 'own-segment', 'STANDARD_SEGMENT_OF_OTHER')
