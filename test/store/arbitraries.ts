import fc from 'fast-check'

const hostileTexts = [
  '',
  ' ',
  'a',
  'A',
  'ab',
  'ab%',
  'a_b',
  '%',
  "'",
  "'; DROP TABLE lead; --",
  '"',
  '\\',
  '\\"',
  '{"a":1}',
  'null',
  'true',
  '10',
  '9',
  '1e5',
  '$1',
  '?',
  ':x',
  '蓝海',
  '蓝海科技',
  'é',
  'e\u0301',
  '\uFFFD',
  '\uFFFF',
  '😀',
  '\u{10FFFF}',
  '\u{10FFFF}a',
  '\u0001',
  '\n',
]

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }).map((value) => value.replaceAll('\u0000', '')) },
)
const integer = fc.oneof(
  fc.constantFrom(0, 1, -1, 9, 10, 2 ** 31, 1_700_000_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
  fc.maxSafeInteger(),
)
const real = fc.oneof(
  fc.constantFrom(0, 0.1, 0.2, 0.30000000000000004, -1.5, 5, 1e15, 1e-15),
  fc.double({ noNaN: true, min: -1e15, max: 1e15 }).map((value) => (Math.abs(value) < 1e-15 ? 0 : value)),
)
const leaf = fc.oneof(text, integer, real, fc.boolean())
const document = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('k', 'l'), fc.option(leaf), { noNullPrototype: true }),
)

/** Values as they may stand in a row, chosen to hurt. */
export const values = { text, integer, real, document }
