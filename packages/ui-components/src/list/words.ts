import type { WordSource } from '../messages/messages.ts'

/** What a list says at first. */
export const listWords: WordSource = { 'zh-CN': () => import('../messages/zh-CN/list.ts'), en: () => import('../messages/en/list.ts') }
