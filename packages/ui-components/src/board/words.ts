/** What only a board says, in both languages. */
export const boardWords = {
  'zh-CN': {
    'lane.title': '泳道',
    'lane.none': '不分泳道',
    'lane.by': '泳道：{name}',
    'lane.blank': '未填',
    'lane.fold': '收起 {name}',
    'lane.unfold': '展开 {name}',
    'move.ask': '移到「{column}」还需要',
    'move.ask.save': '移到「{column}」',
    'move.place': '「{column}」，第 {place} 张，共 {total} 张。',
    'move.help.rank': '按回车打开。按空格拿起卡片，用左右方向键选择一列，用上下方向键选择位置，再按空格放下，按 Esc 取消。',
    'move.placed': '{name} 已放到第 {place} 张',
  },
  en: {
    'lane.title': 'Swim lanes',
    'lane.none': 'No lanes',
    'lane.by': 'Lanes: {name}',
    'lane.blank': 'Not set',
    'lane.fold': 'Collapse {name}',
    'lane.unfold': 'Expand {name}',
    'move.ask': 'Moving to {column} also needs',
    'move.ask.save': 'Move to {column}',
    'move.place': '{column}, place {place} of {total}.',
    'move.help.rank':
      'Press Enter to open. Press Space to pick up the card, Left and Right to choose a column, Up and Down to choose a place, Space again to drop it, Escape to cancel.',
    'move.placed': 'Put {name} in place {place}',
  },
} as const
