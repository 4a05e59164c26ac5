/** Simplified Chinese: what a list says at first. */
export const words = {
  'list.count': '个{name}',
  'empty.title': '还没有{name}',
  'nomatch.title': '没有符合条件的{name}',
  'nomatch.text': '换个说法，或减少筛选条件。',
  'columns.count': '{count} 列',
  'columns.width': '{name} 的列宽',
  'sort.by': '排序：{name}',
  'group.title': '分组',
  'group.by': '分组：{name}',
  'export.menu': '导出',
  'select.row': '选择 {name}',
  'select.page': '选择已载入的全部',
  'cell.edit': '修改 {name}',
}
