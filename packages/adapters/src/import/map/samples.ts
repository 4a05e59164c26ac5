import type { FieldDefinition, KindName } from '@guanxi/core'
import { readBoolean } from '../convert/boolean-cell.ts'
import { type Content, cellContent } from '../convert/cell-content.ts'
import { readDay } from '../convert/date-cell.ts'
import { readNumberText } from '../convert/number-text.ts'
import { readPhone } from '../convert/phone-cell.ts'
import type { Cell } from '../table.ts'

/** What the cells of a column look like: share of the filled ones that could be each kind. */
export interface Looks {
  readonly filled: number
  readonly date: number
  readonly number: number
  readonly email: number
  readonly phone: number
  readonly url: number
  readonly boolean: number
  readonly currency: number
}

const mail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const web = /^(?:https?:\/\/|www\.)\S+$/i
const dated = { dateOrder: 'dmy' } as const
const dated2 = { dateOrder: 'mdy' } as const

/** Looks at the cells of a column. */
export function looksOf(cells: readonly Cell[], empty: ReadonlySet<string> = new Set()): Looks {
  const contents = cells.flatMap((cell): Content[] => {
    const content = cellContent(cell)
    return 'refused' in content || content.kind === 'empty' || (content.kind === 'text' && empty.has(content.text.trim())) ? [] : [content]
  })
  const share = (test: (content: Content) => boolean): number =>
    contents.length === 0 ? 0 : contents.filter(test).length / contents.length
  const text = (content: Content): string => (content.kind === 'text' ? content.text.trim() : '')
  return {
    filled: contents.length,
    date: share(isDate),
    number: share((content) => content.kind === 'number' || (content.kind === 'text' && readNumberText(content.text, {}) !== null)),
    email: share((content) => mail.test(text(content))),
    phone: share((content) => text(content).replace(/\D/g, '').length >= 7 && !('refused' in readPhone(content, {}))),
    url: share((content) => web.test(text(content))),
    boolean: share((content) => !('refused' in readBoolean(content))),
    currency: share((content) => content.kind === 'text' && (readNumberText(content.text, {})?.currency ?? null) !== null),
  }
}

function isDate(content: Content): boolean {
  if (content.kind === 'number') return content.date
  return !('refused' in readDay(content, dated)) || !('refused' in readDay(content, dated2))
}

/** How well such cells fit a field: 1 = all of them could be its values, 0 = none. Kinds of words take anything. */
export function fit(looks: Looks, field: FieldDefinition): number {
  if (looks.filled === 0) return 1
  const byKind: Partial<Record<KindName, number>> = {
    date: looks.date,
    instant: looks.date,
    integer: looks.number,
    number: looks.number,
    decimal: looks.number,
    money: looks.number,
    email: looks.email,
    phone: looks.phone,
    url: looks.url,
    boolean: looks.boolean,
  }
  return byKind[field.kind] ?? 1
}
