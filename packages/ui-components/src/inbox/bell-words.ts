/** What the bell says before anything else is loaded. */
export const bellWords = {
  'zh-CN': { 'inbox.bell': '通知', 'inbox.bell.unread': '通知，{count} 条未读' },
  en: { 'inbox.bell': 'Notifications', 'inbox.bell.unread': 'Notifications, {count} unread' },
} as const
