import { memo } from '../format/memo.ts'

const number = memo((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }))

/** A size as people say it: 12 KB, 3.4 MB. */
export function formatBytes(bytes: number, locale: string): string {
  if (bytes < 1024) return `${number(locale).format(bytes)} B`
  if (bytes < 1024 * 1024) return `${number(locale).format(Math.round(bytes / 1024))} KB`
  return `${number(locale).format(bytes / 1024 / 1024)} MB`
}
