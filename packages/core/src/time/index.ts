export {
  type Calendar,
  type ExtraWorkday,
  requireCalendar,
  type WeeklyHours,
  weekdays,
} from './calendar.ts'
export { type DayRange, type DayRangeName, dayRange, nextDaily, type WeekOptions } from './day-range.ts'
export { type DeadlineOptions, deadline, elapsedWorking, isMissed, nextWorkdayAt, waitUntil } from './deadline.ts'
export { type Duration, type DurationUnit, formatDuration, nominalLength, parseDuration } from './duration.ts'
export { addDays, addMonths, anniversary, daysBetween, isLocalDate, type LocalDate } from './local-date.ts'
export { type OfficialYear, officialYears, publishedUntil, readOfficialYears, shippedYears } from './official/official-calendar.ts'
export { WorkingTime } from './working-time.ts'
export { dateAt, isZone } from './zone.ts'
