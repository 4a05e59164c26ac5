import type { ErrorEntry } from './crm-error.ts'

/** A row of the error table: status, sentence and hint, each in both languages. */
export const entry = (status: number, zh: string, en: string, hintZh?: string, hintEn?: string): ErrorEntry => ({
  status,
  message: { 'zh-CN': zh, en },
  hint: hintZh && hintEn ? { 'zh-CN': hintZh, en: hintEn } : null,
})
