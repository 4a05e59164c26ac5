import type { words as zhCN } from '../zh-CN/core.ts'

/** English: what every component says at first. */
export const words: Readonly<Record<keyof typeof zhCN, string>> = {
  yes: 'Yes',
  no: 'No',
  'list.separator': ', ',
  search: 'Search name, phone…',
  'search.clear': 'Clear search',
  loading: 'Loading',
  'loading.more': 'Loading more…',
  retry: 'Retry',
  untitled: 'Untitled',
  'new.name': 'New {name}',
  'denied.title': 'You cannot see this',
  'denied.text': 'It may not exist, or you may not have access to it.',
  'signin.title': 'Sign in first',
  'offline.title': 'No connection',
  'offline.text': 'What you entered is kept. Retry when you are back online.',
  'offline.write': 'No connection; nothing was saved.',
  'failed.title': 'Could not load',
  'failed.script': 'This part could not be loaded. Try again, or reload the page.',
  'failed.more': 'Could not load the rest',
  close: 'Close',
  cancel: 'Cancel',
  choose: 'Choose',
  'remove.name': 'Remove {name}',
  'nomatch.clear': 'Clear all',
}
