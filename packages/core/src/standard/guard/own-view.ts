import { before } from '../../hook/hook.ts'
import { savedView } from '../object/saved-view.ts'

/** A shared view is seen by everybody and changed by its owner, or by an admin. */
export const ownView = before(
  savedView,
  { id: 'own-view', on: ['update', 'delete', 'restore'], reads: ['ownerId'] },
  ({ previous }, context) => {
    const { id, kind, roles } = context.actor
    if (previous?.ownerId === id || kind === 'system' || roles.includes('admin')) return
    context.reject('STANDARD_VIEW_OF_OTHER')
  },
)
