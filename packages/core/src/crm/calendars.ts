import type { Scope } from '../scope/scope.ts'
import { type CalendarSettings, calendarOf } from '../settings/calendar-settings.ts'
import type { SettingQuestion } from '../settings/settings.ts'
import { subjectOf } from '../settings/subject.ts'
import { WorkingTime } from '../time/working-time.ts'

const remembered = 1_000

/** Working time of people, teams and the organisation. One calendar is compiled once, however many people share it. */
export type Calendars = (scope: Scope, question?: SettingQuestion) => Promise<WorkingTime>

/** The calendars of one CRM, out of its calendar settings. */
export function createCalendars(settings: CalendarSettings): Calendars {
  const compiled = new Map<string, WorkingTime>()
  return async (scope, question = {}) => {
    const tenant = await scope.kernel.tenants.get(scope)
    const subject = await subjectOf(scope, tenant.subjects, question)
    const calendar = calendarOf(settings, (setting) => tenant.settings.value(setting, subject))
    const key = JSON.stringify(calendar)
    const known = compiled.get(key)
    if (known) return known
    if (compiled.size >= remembered) compiled.clear()
    const time = new WorkingTime(calendar)
    compiled.set(key, time)
    return time
  }
}
