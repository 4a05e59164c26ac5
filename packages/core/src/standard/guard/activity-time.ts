import { before } from '../../hook/hook.ts'
import { activity } from '../object/activity.ts'

/** An activity happened now unless it says otherwise. */
export const activityTime = before(activity, { id: 'activity-time', on: ['create'] }, (change, context) => {
  if (change.next.occurredAt == null) change.set({ occurredAt: change.next.createdAt ?? context.now })
})
