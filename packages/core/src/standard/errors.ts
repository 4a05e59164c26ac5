import type { PluginError } from '../plugin/plugin.ts'
import { words } from './words.ts'

/** Errors of the standard objects. */
export const standardErrors: Readonly<Record<string, PluginError>> = {
  STANDARD_LEAD_MOVE: {
    message: words('线索不能从「{fromZh}」变为「{toZh}」。', 'A lead cannot go from “{from}” to “{to}”.'),
    hint: words('可以变为：{allowedZh}。', 'It may go to: {allowed}.'),
  },
  STANDARD_LEAD_STARTS_CONVERTED: {
    message: words('新线索不能直接是「已转化」。', 'A new lead cannot start out converted.'),
    hint: words('先建立线索，再转化。', 'Create it first, then convert it.'),
  },
  STANDARD_INVALID_REASON_REQUIRED: {
    message: words('标为无效时要选择原因。', 'Choose a reason to mark the lead as invalid.'),
  },
  STANDARD_LEAD_CONVERTED: {
    status: 409,
    message: words('已转化的线索不能修改或删除。', 'A converted lead cannot be changed or deleted.'),
    hint: words('请在客户上修改；24 小时内可以撤销转化。', 'Change the customer instead; the conversion can be undone within 24 hours.'),
  },
  STANDARD_UNDO_EXPIRED: {
    status: 409,
    message: words('转化已超过 {hours} 小时，不能撤销。', 'The conversion is more than {hours} hours old and cannot be undone.'),
  },
  STANDARD_HAS_LATER_RECORDS: {
    status: 409,
    message: words(
      '转化之后客户下已有新记录，不能撤销。',
      'Records were created under the customer since the conversion; it cannot be undone.',
    ),
    hint: words('先处理这些记录，或保留转化。', 'Deal with those records first, or keep the conversion.'),
  },
  STANDARD_STAGE_MISSING: {
    message: words('这个阶段不存在。', 'This stage does not exist.'),
  },
  STANDARD_PIPELINE_MISSING: {
    message: words('没有默认的商机管道。', 'There is no default pipeline.'),
    hint: words('把一个管道设为默认，或选择阶段。', 'Make a pipeline the default, or choose a stage.'),
  },
  STANDARD_STAGE_OF_OTHER_PIPELINE: {
    message: words('这个阶段不属于所选的商机管道。', 'This stage is part of another pipeline.'),
    hint: words('只填阶段即可，管道会随之确定。', 'Send the stage alone; the pipeline follows.'),
  },
  STANDARD_LOST_REASON_REQUIRED: {
    message: words('输单时要选择原因。', 'Choose a reason to lose the deal.'),
  },
  STANDARD_COMPETITOR_REQUIRED: {
    message: words('因竞争对手输单时要填写竞争对手。', 'Name the competitor the customer chose.'),
  },
  STANDARD_DEAL_REOPEN_EXPIRED: {
    status: 409,
    message: words('输单已超过 {days} 天，不能重新打开。', 'The deal was lost more than {days} days ago and cannot be reopened.'),
    hint: words('新建商机，并把这个填为「前一商机」。', 'Create a new deal and name this one as its previous deal.'),
  },
  STANDARD_RANK_INVALID: {
    message: words('排序值不正确。', 'This is not a valid rank.'),
    hint: words('排序值由字母和数字组成，不以 0 结尾。', 'A rank is made of letters and digits and does not end in 0.'),
  },
  STANDARD_VIEW_OF_OTHER: {
    status: 403,
    message: words('这是别人的视图，不能修改。', 'This view is somebody else’s and cannot be changed.'),
    hint: words('另存为自己的视图。', 'Save it as one of your own.'),
  },
  STANDARD_SEGMENT_OF_OTHER: {
    status: 403,
    message: words('这是别人的细分，不能修改。', 'This segment is somebody else’s and cannot be changed.'),
    hint: words('另存为自己的细分。', 'Save it as one of your own.'),
  },
  STANDARD_SEGMENT_CONDITION: {
    message: words('这个条件不能用于细分：{reasonZh}', 'This condition cannot make a segment: {reason}'),
  },
  STANDARD_SEGMENT_OBJECT: {
    message: words('没有对象「{object}」。', 'There is no object “{object}”.'),
  },
  STANDARD_HAS_OPEN_CHILDREN: {
    status: 409,
    message: words('还有 {count} 个进行中的商机，不能删除。', 'It still has {count} open deals and cannot be deleted.'),
    hint: words('先关闭或转移这些商机。', 'Close or move those deals first.'),
  },
  STANDARD_STAGE_IN_USE: {
    status: 409,
    message: words('还有 {count} 个商机，不能删除。', 'It still holds {count} deals and cannot be deleted.'),
    hint: words('先把商机移到别的阶段。', 'Move the deals to another stage first.'),
  },
  STANDARD_PARENT_CYCLE: {
    message: words('上级客户不能绕回自己。', 'A customer cannot be above itself.'),
  },
  STANDARD_USCC_INVALID: {
    message: words('统一社会信用代码不正确。', 'This is not a valid unified social credit code.'),
    hint: words('核对十八位字符，不含 I、O、S、V、Z。', 'Check all 18 characters; I, O, S, V and Z do not occur.'),
  },
}
