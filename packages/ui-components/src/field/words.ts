import type { WordSource } from '../messages/messages.ts'

/** What a form and its fields say at first. */
export const formWords: WordSource = { 'zh-CN': () => import('../messages/zh-CN/form.ts'), en: () => import('../messages/en/form.ts') }
