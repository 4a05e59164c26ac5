import type { WordSource } from '../messages/messages.ts'

/** What a board says at first. */
export const boardWords: WordSource = { 'zh-CN': () => import('../messages/zh-CN/board.ts'), en: () => import('../messages/en/board.ts') }
