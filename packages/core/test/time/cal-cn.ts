import { type Calendar, WorkingTime } from '@guanxi/core/time'

/** CAL-CN, the reference calendar of the specification. */
export const calCn: Calendar = {
  zone: 'Asia/Shanghai',
  weeklyHours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-12:00', '13:30-18:00']])),
  holidays: ['2026-04-04', '2026-04-05', '2026-04-06'],
  extraWorkdays: [{ date: '2026-02-14' }, { date: '2026-02-28' }],
}

export const cn = new WorkingTime(calCn)

/** A local time in Shanghai. */
export const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+08:00`)

/** An instant as a local time in Shanghai. */
export const local = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
