import type { Words } from '@guanxi/core'

/** The same words in both languages. */
export const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en })

/** A field's label. */
export const says = (zh: string, en: string): { readonly label: Words } => ({ label: words(zh, en) })

/** One option of a choice, its value kept as a literal type. */
export const option = <const V extends string>(value: V, zh: string, en: string): { readonly value: V; readonly label: Words } => ({
  value,
  label: words(zh, en),
})
