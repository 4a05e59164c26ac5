import fc from 'fast-check'

/** Values chosen to hurt: they stand in records and in rules alike, so that they meet. */
export const hostileTexts = [
  'a',
  'A',
  'B',
  'ab',
  'ab%',
  'a_b',
  'axb',
  '%',
  "'",
  "'; DROP TABLE crm_order; --",
  '"',
  '\\',
  '{"a":1}',
  'null',
  'true',
  '0',
  '10',
  '9',
  '１２',
  '٣',
  '1e5',
  '$1',
  '?',
  ':x',
  '蓝海',
  '蓝海科技',
  'é',
  'É',
  'z',
  'ß',
  'İ',
  '\uFFFD',
  '😀',
  '😀a',
  '\u{10FFFF}',
] as const

export const text = fc.constantFrom(...hostileTexts)
export const wholes = [0, 1, -1, 2, 7, 9, 10, -10, 100, 1000, 2 ** 31, 1_700_000_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]
export const fractions = [
  0, 0.1, 0.2, 0.3, 0.30000000000000004, 0.5, 0.49999999999999994, -0.5, 1.5, 2.5, -2.5, 5, 7, -7, 1e15, -1e15, 1e-15, 1.005,
]
export const dates = ['2024-02-29', '2025-12-31', '2026-01-01', '2026-03-02', '0001-01-01', '9999-12-31', '1999-07-15']
export const instants = [0, -1, 1, 1_772_413_200_000, 1_772_413_199_999, 1_700_000_000_000, 86_400_000, -86_400_001, 8.64e15, -8.64e15]
export const currencies = ['CNY', 'USD', 'JPY'] as const
export const money = fc.record({
  minor: fc.constantFrom(0, 1, -1, 100, 12_345, 1_000_000, 2 ** 53 - 1),
  currency: fc.constantFrom(...currencies),
})
export const people = ['ada', 'bob', '王芳', 'zoë', 'nobody'] as const
export const teams = ['t1', 't2', 't3', 'nowhere'] as const
