import type { ReasonData } from '../reason/reason-data.ts'

/** An example of each fact, for previews. Names of facts stand for themselves. */
export function exampleFacts(data: ReasonData, now: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(data).map(([name, kind]) => [name, exampleOf(kind, name, now)]))
}

function exampleOf(kind: ReasonData[string], name: string, now: number): unknown {
  switch (kind) {
    case 'number':
      return 12
    case 'instant':
      return now
    case 'date':
      return new Date(now).toISOString().slice(0, 10)
    case 'duration':
      return '2wd'
    case 'money':
      return { minor: 1_280_000, currency: 'CNY' }
    case 'words':
      return { 'zh-CN': name, en: name }
    default:
      return name
  }
}
