import type { ReasonTable } from './define-reasons.ts'
import { Reason, type StoredReason } from './reason.ts'

/**
 * A reason that was kept, with its sentence again. One whose plugin is gone says its code, so that an old decision can always be read.
 */
export function reviveReason(table: ReasonTable, { code, data }: StoredReason): Reason {
  const definition = Object.hasOwn(table, code) ? table[code] : undefined
  return new Reason(code, definition ?? { message: { 'zh-CN': code, en: code } }, data)
}
