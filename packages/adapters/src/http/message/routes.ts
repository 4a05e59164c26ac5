import type { Route } from '../route/route.ts'
import { countUnread, markInbox, readInbox } from './inbox.ts'
import { dropMessage, findSends, messageTemplates, previewMessage, resendMessage } from './sends.ts'

/** Addresses of messages. */
export const messageRoutes: readonly Route[] = [
  { method: 'GET', pattern: 'api/inbox', access: 'identified', answer: readInbox },
  { method: 'GET', pattern: 'api/inbox/unread', access: 'identified', answer: countUnread },
  { method: 'POST', pattern: 'api/inbox/mark', access: 'identified', answer: markInbox },
  { method: 'GET', pattern: 'api/messages', access: 'identified', answer: findSends },
  { method: 'GET', pattern: 'api/messages/templates', access: 'identified', answer: messageTemplates },
  { method: 'POST', pattern: 'api/messages/preview', access: 'identified', answer: previewMessage },
  { method: 'POST', pattern: 'api/messages/:id/resend', access: 'identified', answer: resendMessage },
  { method: 'POST', pattern: 'api/messages/:id/drop', access: 'identified', answer: dropMessage },
]
