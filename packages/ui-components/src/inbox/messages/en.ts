import type { zhCN } from './zh-CN.ts'

/** What the inbox says, in English. */
export const en: Readonly<Record<keyof typeof zhCN, string>> = {
  'inbox.title': 'Notifications',
  'inbox.list': 'List of notifications',
  'inbox.all': 'All',
  'inbox.unread': 'Unread',
  'inbox.show': 'Which notifications to show',
  'inbox.kind': 'Filter by kind',
  'inbox.kind.any': 'All kinds',
  'inbox.markAll': 'Mark all as read',
  'inbox.markRead': 'Mark as read',
  'inbox.markUnread': 'Mark as unread',
  'inbox.urgent': 'Urgent',
  'inbox.older': 'Older notifications',
  'inbox.empty.title': 'No notifications yet',
  'inbox.empty.text': 'When somebody gives you a lead, customer or deal, it shows up here.',
  'inbox.empty.unread': 'Nothing unread',
  'inbox.empty.kind': 'None of this kind',
  'inbox.allRead': 'All are read',
  'inbox.new': '{count} new notification | {count} new notifications',
  'inbox.today': 'Today',
  'inbox.yesterday': 'Yesterday',
}
