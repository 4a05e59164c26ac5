import type { words as zhCN } from '../zh-CN/form.ts'

/** English: what a form and its fields say at first. */
export const words: Readonly<Record<keyof typeof zhCN, string>> = {
  edit: 'Edit',
  delete: 'Delete',
  saving: 'Saving',
  'save.name': 'Save {name}',
  'new.title': 'New {name}',
  'money.currency': 'Currency',
  'lookup.search': 'Search…',
  'lookup.add': 'Add…',
  'form.required.before': 'Fields with',
  'form.required.after': 'are required',
  'form.basics': 'Details',
  'form.more': 'More',
  'form.custom': 'Custom fields',
  'form.created': 'Created {time} {name}',
  'form.updated': 'Updated {time} {name}',
  'denied.create': 'You cannot create {name}',
  'clear.name': 'Clear {name}',
  'check.running': 'Checking…',
  'invalid.required': 'This is required.',
}
