const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const longNames = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']

/** 1 to 12, or 0 for what is no English name of a month. */
export function monthNamed(name: string): number {
  const word = name.toLowerCase().replace(/\.$/, '')
  const short = word === 'sept' ? 'sep' : word
  return Math.max(months.indexOf(short), longNames.indexOf(short)) + 1
}
