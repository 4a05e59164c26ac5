import type { words as zhCN } from '../zh-CN/board.ts'

/** English: what a board says at first. */
export const words: Readonly<Record<keyof typeof zhCN, string>> = {
  'card.overdue': '{count} day overdue | {count} days overdue',
  'card.idle': '{count} day idle | {count} days idle',
  'card.stale': '{count} day to stale | {count} days to stale',
  'card.progress': 'Progress {time}',
  'card.since': 'Here since {time}',
  'card.updated': 'Updated {time}',
  'card.closed': 'Closed {day}',
  'board.count': '{one} | {many}',
  'board.weighted': 'Weighted',
  'board.stages': 'Stages',
  'board.empty': 'Nothing in {name} yet',
  'board.nomatch': 'No match in {name}',
  'board.nocolumns': 'No field to make columns from',
  'board.create': 'Add to {name}',
  'board.fold': 'Fold {name}',
  'board.unfold': 'Unfold {name}',
  'move.menu': 'Move {name}',
  'move.help':
    'Press Enter to open. Press Space to pick up the card, Left and Right to choose a column, Space again to drop it, Escape to cancel.',
  'move.help.rank':
    'Press Enter to open. Press Space to pick up the card, Left and Right to choose a column, Up and Down to choose a place, Space again to drop it, Escape to cancel.',
  'lane.title': 'Swim lanes',
}
