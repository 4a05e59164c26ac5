import type { OfficialYear } from './official-calendar.ts'

/** The days of 2027 that the law fixes. The arrangement for the year was not published when this was written. */
export const china2027: OfficialYear = {
  region: 'CN',
  year: 2027,
  state: 'statutory',
  source: '全国年节及纪念日放假办法（国务院令第795号，2025-01-01 起施行）；2027 年的调休安排尚未公布',
  holidays: [
    // 元旦
    '2027-01-01',
    // 春节：农历除夕、正月初一至初三
    ...['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08'],
    // 清明节
    '2027-04-05',
    // 劳动节
    ...['2027-05-01', '2027-05-02'],
    // 端午节
    '2027-06-09',
    // 中秋节
    '2027-09-15',
    // 国庆节
    ...['2027-10-01', '2027-10-02', '2027-10-03'],
  ],
  extraWorkdays: [],
}
