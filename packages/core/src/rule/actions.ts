import type { Kernel } from '../crm/kernel.ts'
import type { ActionCall, DeciderAction, SaveKind } from '../decider/save-rule.ts'
import { crmError } from '../error/crm-error.ts'
import type { Action } from './action.ts'
import { coreActions } from './core-actions.ts'

/** Without webhooks there is none to call. */
const all = ({ contributions, webhooks }: Kernel): readonly Action[] => [
  ...coreActions.filter(({ id }) => webhooks || id !== 'webhook'),
  ...contributions.actions,
]

const isFor = ({ objects }: Action, object: string): boolean => objects === null || objects.includes(object)

/** The action a rule names; ACTION_UNKNOWN where there is none, or none for this object and kind. */
export function actionFor(kernel: Kernel, object: string, kind: SaveKind, call: ActionCall, path: string): Action {
  const found = all(kernel).find(({ id }) => id === call.action)
  if (found && isFor(found, object) && found.kinds.includes(kind)) return found
  throw crmError('ACTION_UNKNOWN', { action: String(call.action).slice(0, 100) }, { path: `${path}/action` })
}

/** What rules on save can do, as those who build them see it. */
export function listActions(kernel: Kernel, object?: string): readonly DeciderAction[] {
  return all(kernel)
    .filter((action) => object === undefined || isFor(action, object))
    .map(({ id, label, help, phase, kinds, params }) => ({ id, label, help, phase, kinds, params }))
}
