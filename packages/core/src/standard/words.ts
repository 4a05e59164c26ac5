import type { Words } from '../locale/locale.ts'

/** The same words in both languages. */
export const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en })

/** Label and help of a field, Chinese first. */
export const says = (zh: string, en: string, helpZh: string, helpEn: string): { readonly label: Words; readonly help: Words } => ({
  label: words(zh, en),
  help: words(helpZh, helpEn),
})

/** One option of a choice, its value kept as a literal type. */
export const option = <const V extends string>(value: V, zh: string, en: string): { readonly value: V; readonly label: Words } => ({
  value,
  label: words(zh, en),
})
