import type { words as zhCN } from '../zh-CN/list.ts'

/** English: what a list says at first. */
export const words: Readonly<Record<keyof typeof zhCN, string>> = {
  'list.count': '{name}',
  'empty.title': 'No {name} yet',
  'nomatch.title': 'No {name} match',
  'nomatch.text': 'Try other words, or fewer filters.',
  'columns.count': '{count} column | {count} columns',
  'columns.width': 'Width of {name}',
  'sort.by': 'Sort: {name}',
  'group.title': 'Group by',
  'group.by': 'Group: {name}',
  'export.menu': 'Export',
  'select.row': 'Select {name}',
  'select.page': 'Select all that are loaded',
  'cell.edit': 'Edit {name}',
}
