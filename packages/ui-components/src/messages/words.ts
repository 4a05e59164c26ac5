import type { WordSource } from './messages.ts'

/** What every component says at first. */
export const coreWords: WordSource = { 'zh-CN': () => import('./zh-CN/core.ts'), en: () => import('./en/core.ts') }

/** What is said by parts that come when they are used. */
export const laterWords: WordSource = { 'zh-CN': () => import('./zh-CN/later.ts'), en: () => import('./en/later.ts') }
