import { option } from './words.ts'

/** How a forecast counts a stage, and the deals in it. */
export const forecastCategories = [
  option('pipeline', '管道', 'Pipeline'),
  option('bestCase', '最好情况', 'Best case'),
  option('commit', '承诺', 'Commit'),
  option('closed', '已成交', 'Closed'),
  option('omitted', '不计入', 'Omitted'),
] as const
