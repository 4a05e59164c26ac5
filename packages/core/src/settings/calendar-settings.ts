import type { Calendar, WeeklyHours } from '../time/calendar.ts'
import type { LocalDate } from '../time/local-date.ts'
import { officialYears } from '../time/official/official-calendar.ts'
import { defineSetting, type Setting } from './setting.ts'

const group = { 'zh-CN': '工作日历', en: 'Working calendar' }
const officeDay = ['09:00-12:00', '13:30-18:00']
const officeWeek: WeeklyHours = { mon: officeDay, tue: officeDay, wed: officeDay, thu: officeDay, fri: officeDay }

/** The settings a calendar is made of, each of them by person, role, team, place and organisation. */
export function calendarSettings({ country, zone }: { readonly country: string; readonly zone: string }) {
  return {
    zone: defineSetting('calendar.zone', {
      type: 'zone',
      default: zone,
      group,
      label: { 'zh-CN': '时区', en: 'Time zone' },
    }),
    hours: defineSetting('calendar.hours', {
      type: 'hours',
      default: officeWeek,
      group,
      label: { 'zh-CN': '工作时间', en: 'Working hours' },
      help: { 'zh-CN': '每个工作日的时段，没有列出的日子休息。', en: 'Hours of each weekday; a day left out is free.' },
    }),
    region: defineSetting('calendar.region', {
      type: 'text',
      nullable: true,
      default: country,
      group,
      label: { 'zh-CN': '法定节假日地区', en: 'Public holidays of' },
      help: { 'zh-CN': '国家代码，如 CN；留空表示不用法定节假日。', en: 'A country code such as CN; none means no public holidays.' },
    }),
    years: defineSetting('calendar.years', {
      type: 'years',
      default: [],
      levels: ['organisation'],
      group,
      label: { 'zh-CN': '节假日安排', en: 'Official years' },
      help: {
        'zh-CN': '新公布的年度安排，替换随软件附带的同年数据。',
        en: 'Arrangements published since; each takes the place of the year that came with the software.',
      },
    }),
    holidays: defineSetting('calendar.holidays', {
      type: 'dates',
      default: [],
      group,
      label: { 'zh-CN': '另外的休息日', en: 'Other days off' },
      help: {
        'zh-CN': '法定安排之外的休息日，也可取消一个调休上班日。',
        en: 'Days off beside the official ones; one may cancel a worked weekend.',
      },
    }),
    workdays: defineSetting('calendar.workdays', {
      type: 'workdays',
      default: [],
      group,
      label: { 'zh-CN': '另外的上班日', en: 'Other workdays' },
      help: { 'zh-CN': '优先于所有休息日。', en: 'They beat every day off.' },
    }),
  } as const
}

/** The calendar settings of one CRM. */
export type CalendarSettings = ReturnType<typeof calendarSettings>

/** A calendar out of its settings. Own workdays beat own days off, which beat official workdays, which beat official holidays. */
export function calendarOf(settings: CalendarSettings, value: <V>(setting: Setting<V>) => V): Calendar {
  const region = value(settings.region)
  const official = region === null ? [] : officialYears(region, value(settings.years))
  const daysOff = new Set<LocalDate>(value(settings.holidays))
  const workdays = value(settings.workdays)
  const own = new Set(workdays.map(({ date }) => date))
  const arranged = official.flatMap(({ extraWorkdays }) => extraWorkdays).filter(({ date }) => !daysOff.has(date) && !own.has(date))
  return {
    zone: value(settings.zone),
    weeklyHours: value(settings.hours),
    holidays: [...new Set([...official.flatMap(({ holidays }) => holidays), ...daysOff])].sort(),
    extraWorkdays: [...arranged, ...workdays],
  }
}
