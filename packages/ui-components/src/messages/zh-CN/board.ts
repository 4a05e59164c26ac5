import { words as core } from './core.ts'

/** Simplified Chinese: what a board says at first. */
export const words = {
  ...core,
  'card.overdue': '成交日已过 {count} 天',
  'card.idle': '停滞 {count} 天',
  'card.stale': '{count} 天后停滞',
  'card.progress': '{time}有进展',
  'card.since': '{time}进入',
  'card.updated': '{time}更新',
  'card.closed': '{day}结束',
  'board.count': '个{one}',
  'board.weighted': '加权',
  'board.stages': '阶段',
  'board.empty': '「{name}」还是空的',
  'board.nomatch': '「{name}」里没有匹配项',
  'board.nocolumns': '没有可用作看板列的字段',
  'board.create': '新建到「{name}」',
  'board.fold': '收起「{name}」',
  'board.unfold': '展开「{name}」',
  'move.menu': '移动{name}',
  'move.help': '按回车打开。按空格拿起卡片，用左右方向键选择一列，再按空格放下，按 Esc 取消。',
  'move.help.rank': '按回车打开。按空格拿起卡片，用左右方向键选择一列，用上下方向键选择位置，再按空格放下，按 Esc 取消。',
  'lane.title': '泳道',
}
