import { before, definePlugin } from '@guanxi/core'
import { approval } from './approval.ts'
import { decideApproval, expireApprovals, requestApproval, withdrawApproval } from './commands.ts'
import { approvalReasons } from './reasons.ts'
import { expiry, ownAllowed } from './settings.ts'
import { startApproval } from './start-approval.ts'

/** 审批: one small way of asking for leave, shared by everything that needs one. */
export const approvals = definePlugin({
  id: 'approval',
  version: '0.1.0',
  core: '^0.1.0',
  setup(recorder) {
    recorder.object(approval)
    recorder.reasons(approvalReasons)
    recorder.setting(expiry)
    recorder.setting(ownAllowed)
    for (const command of [decideApproval, withdrawApproval]) recorder.command(command as typeof decideApproval)
    recorder.command(requestApproval)
    recorder.command(expireApprovals)
    recorder.action(startApproval)
    recorder.errors({
      APPROVAL_BY_COMMAND: {
        message: {
          'zh-CN': '审批要通过申请发起，之后不能改写或删除。',
          en: 'An approval is made by asking for it, and is neither rewritten nor deleted.',
        },
      },
    })
    recorder.hook(
      before(approval, { id: 'made-by-command', on: ['create'], reads: ['dueAt'] }, (change, context) => {
        if (typeof change.next.dueAt !== 'number') context.reject('APPROVAL_BY_COMMAND')
      }),
    )
    const asked = ['kind', 'title', 'details', 'subject', 'approverId', 'approverRole', 'ownerId'] as const
    recorder.hook(
      before(approval, { id: 'kept', on: ['update', 'delete'], fields: asked, reads: [] }, (_, context) =>
        context.reject('APPROVAL_BY_COMMAND'),
      ),
    )
  },
})
