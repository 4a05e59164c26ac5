import type { CustomTypesConfig } from 'pg'

const asText = (value: string): string => value
const asNumber = (value: string): number => Number(value)
const asBoolean = (value: string): boolean => value === 't'

const parsers = new Map<number, (value: string) => unknown>([
  [16, asBoolean],
  [20, asNumber],
  [21, asNumber],
  [23, asNumber],
  [700, asNumber],
  [701, asNumber],
  [1700, asNumber],
])

/** Rows look the same whatever parsers the host has set: numbers, booleans, and everything else (documents too) as text. */
export const parserOf = (type: number): ((value: string) => unknown) => parsers.get(type) ?? asText

/** The same as pg's own queries take it. */
export const plainTypes = { getTypeParser: parserOf } as CustomTypesConfig
