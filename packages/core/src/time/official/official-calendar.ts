import { crmError } from '../../error/crm-error.ts'
import { datesProblem, type ExtraWorkday, extraWorkdaysProblem } from '../calendar.ts'
import type { LocalDate } from '../local-date.ts'
import { china2026 } from './china-2026.ts'
import { china2027 } from './china-2027.ts'

/** Public holidays of one region and year, as data: what an authority published, and where. */
export interface OfficialYear {
  /** ISO 3166 code, such as `CN`. */
  readonly region: string
  readonly year: number
  /**
   * `published`: the authority's whole arrangement. `statutory`: only the days that the law itself fixes; which days are moved and
   * which weekends are worked was not published when this was written.
   */
  readonly state: 'published' | 'statutory'
  /** Document, number and day of publication. */
  readonly source: string
  readonly holidays: readonly LocalDate[]
  readonly extraWorkdays: readonly ExtraWorkday[]
}

/** Years that come with Guanxi. A tenant's own data for the same region and year takes their place. */
export const shippedYears: readonly OfficialYear[] = [china2026, china2027]

/** The official days of a region: shipped years, each replaced by the tenant's own where there is one. In order of years. */
export function officialYears(region: string, own: readonly OfficialYear[] = []): OfficialYear[] {
  const byYear = new Map([...shippedYears, ...own].filter((one) => one.region === region).map((one) => [one.year, one]))
  return [...byYear.values()].sort((a, b) => a.year - b.year)
}

/** The last day that a published arrangement covers; later deadlines may still move. Null when there is none. */
export function publishedUntil(region: string, own: readonly OfficialYear[] = []): LocalDate | null {
  const last = officialYears(region, own).findLast(({ state }) => state === 'published')
  return last ? `${String(last.year).padStart(4, '0')}-12-31` : null
}

const keys = new Set(['region', 'year', 'state', 'source', 'holidays', 'extraWorkdays'])

/** What is wrong with official years that somebody entered, in words; null when nothing is. */
export function officialYearsProblem(value: unknown): string | null {
  if (!Array.isArray(value) || value.length > 200) return 'a list of at most 200 years is expected'
  for (const entry of value) {
    const problem = yearProblem(entry)
    if (problem) return problem
  }
  const names = value.map(({ region, year }) => `${region} ${year}`)
  return new Set(names).size === names.length ? null : 'a year is there twice'
}

/** Reads official years from data, such as a file that an administrator was sent. Throws CALENDAR_INVALID. */
export function readOfficialYears(value: unknown): readonly OfficialYear[] {
  const problem = officialYearsProblem(value)
  if (problem) throw crmError('CALENDAR_INVALID', { reason: problem })
  return value as readonly OfficialYear[]
}

function yearProblem(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null) return 'each year is an object'
  const { region, year, state, source, holidays, extraWorkdays } = entry as Readonly<Record<string, unknown>>
  const unknown = Object.keys(entry).find((key) => !keys.has(key))
  if (unknown !== undefined) return `“${unknown.slice(0, 20)}” is unknown`
  if (typeof region !== 'string' || !/^[A-Z]{2}$/.test(region)) return 'region is a country code such as CN'
  if (!Number.isInteger(year) || Number(year) < 1900 || Number(year) > 2200) return 'year is a year from 1900 to 2200'
  if (state !== 'published' && state !== 'statutory') return 'state is published or statutory'
  if (typeof source !== 'string' || source.trim() === '' || source.length > 500) return 'source says who published it'
  const problem = datesProblem(holidays) ?? extraWorkdaysProblem(extraWorkdays)
  if (problem) return `${region} ${String(year)}: ${problem}`
  const dates = [...(holidays as LocalDate[]), ...(extraWorkdays as ExtraWorkday[]).map(({ date }) => date)]
  const outside = dates.find((date) => !date.startsWith(String(year)))
  return outside === undefined ? null : `${outside} is not in ${String(year)}`
}
