import { type Arbitrary, array, constantFrom, oneof, string } from 'fast-check'

/** Pieces that mean something to a spreadsheet, a CSV or an XML reader. */
const pieces = [
  ...[
    '=',
    '+',
    '-',
    '@',
    '＝',
    '＋',
    '－',
    '＠',
    "'",
    '"',
    '“',
    '`',
    ' ',
    '\u3000',
    '\t',
    '\r',
    '\n',
    '\r\n',
    ',',
    ';',
    '|',
    '\ufeff',
    '\u200b',
  ],
  ...[
    'sep=',
    '=cmd|',
    '_x000D_',
    '_x005F_',
    '_x',
    '_',
    'x0041_',
    '<',
    '>',
    '&',
    '&amp;',
    ']]>',
    '<![CDATA[',
    '\u0001',
    '\u001f',
    '\u0085',
    '\u2028',
  ],
  ...['__proto__', '蓝海', '😀', '007', '-5', '1e5', 'true', 'NULL', '#N/A', 'é', 'e\u0301', '\ud7ff', '\uffff', '\u{10ffff}'],
]

/** Text out of such pieces and out of any characters. */
export const hostileText: Arbitrary<string> = oneof(
  array(constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join('')),
  string({ unit: 'grapheme', maxLength: 20 }),
  string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', '0')),
)
