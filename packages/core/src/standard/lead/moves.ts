import { inLocale, type Locale } from '../../locale/locale.ts'
import { type LeadStatus, lead } from '../object/lead.ts'

/** Where a lead may go from each status. */
export const leadMoves: Readonly<Record<LeadStatus, readonly LeadStatus[]>> = {
  raw: ['pooled', 'owned', 'quarantined', 'duplicate', 'invalid'],
  pooled: ['owned'],
  owned: ['following', 'pooled'],
  following: ['converted', 'invalid', 'pooled', 'owned'],
  invalid: ['pooled'],
  // Undoing a conversion; the undo hook decides whether it is still possible.
  converted: ['following'],
  quarantined: [],
  duplicate: [],
}

/** True when the lead may go there; staying is no move. */
export function mayMove(from: LeadStatus, to: LeadStatus): boolean {
  return from === to || leadMoves[from].includes(to)
}

/** Parameters of a refused move, in both languages. */
export function moveParams(from: LeadStatus, to: LeadStatus): Readonly<Record<string, string>> {
  return {
    from: nameOf(from, 'en'),
    to: nameOf(to, 'en'),
    allowed: namesOf(leadMoves[from], 'en'),
    fromZh: nameOf(from, 'zh-CN'),
    toZh: nameOf(to, 'zh-CN'),
    allowedZh: namesOf(leadMoves[from], 'zh-CN'),
  }
}

function namesOf(statuses: readonly LeadStatus[], locale: Locale): string {
  if (statuses.length === 0) return locale === 'en' ? 'nowhere' : '不能再变'
  return statuses.map((status) => nameOf(status, locale)).join(locale === 'en' ? ', ' : '、')
}

function nameOf(status: LeadStatus, locale: Locale): string {
  const label = lead.schema.properties.status?.options?.find((each) => each.value === status)?.label
  return label ? inLocale(label, locale) : status
}
