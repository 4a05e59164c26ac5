/** What only forms say beyond what all components share, in both languages. */
export const formWords = {
  'zh-CN': {
    'draft.restored': '已恢复上次没有保存的内容',
    'draft.drop': '不要了',
    'check.running': '正在核对…',
    'check.duplicate': '「{name}」已经用了这个值',
    'check.failed': '没能核对，保存时会再检查。',
  },
  en: {
    'draft.restored': 'Brought back what was not saved last time',
    'draft.drop': 'Discard it',
    'check.running': 'Checking…',
    'check.duplicate': '“{name}” already uses this value',
    'check.failed': 'Could not be checked now; saving checks again.',
  },
} as const
