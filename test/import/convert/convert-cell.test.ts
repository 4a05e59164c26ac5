import { type Cell, type ConvertOptions, convertCell, type RepairCode } from '@guanxi/adapters/import'
import type { ObjectDefinition } from '@guanxi/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { everyKind, fieldOf } from '../support/every-kind.ts'

let definition: ObjectDefinition

beforeAll(async () => {
  definition = await everyKind()
})

type Given = string | number | boolean | Cell
/** Field, what the cell holds, the value or the code of the refusal, repairs, options. */
type Line = readonly [field: string, given: Given, expected: unknown, codes?: readonly RepairCode[], options?: ConvertOptions]

const refused = (code: string) => ({ refused: code })
const serial = (number: number): Cell => ({ kind: 'number', number, date: true })
const formula = (cached: string | number | boolean | null): Cell => ({ kind: 'formula', formula: 'A1*2', cached })
const midnight = (day: string) => Date.parse(`${day}T00:00:00+08:00`)

function cellOf(given: Given): Cell {
  if (typeof given === 'string') return given === '' ? { kind: 'empty' } : { kind: 'text', text: given }
  if (typeof given === 'number') return { kind: 'number', number: given, date: false }
  return typeof given === 'boolean' ? { kind: 'boolean', boolean: given } : given
}

const tables: Readonly<Record<string, readonly Line[]>> = {
  dates: [
    ['day', '2026-03-16', '2026-03-16'],
    ['day', '2026/3/16', '2026-03-16', ['DATE_SPELLING']],
    ['day', '2026.3.16', '2026-03-16', ['DATE_SPELLING']],
    ['day', '2026年3月16日', '2026-03-16', ['DATE_SPELLING']],
    ['day', '２０２６－０３－１６', '2026-03-16', ['WIDTH']],
    ['day', '20260316', '2026-03-16', ['DATE_SPELLING']],
    ['day', 20260316, '2026-03-16', ['DATE_SPELLING']],
    ['day', '16 Mar 2026', '2026-03-16', ['DATE_SPELLING']],
    ['day', 'March 16, 2026', '2026-03-16', ['DATE_SPELLING']],
    ['day', '16/03/2026', '2026-03-16', ['DATE_SPELLING']],
    ['day', '03/16/2026', '2026-03-16', ['DATE_SPELLING']],
    ['day', '03/04/2026', refused('IMPORT_DATE_AMBIGUOUS')],
    ['day', '03/04/2026', '2026-04-03', ['DATE_SPELLING', 'DATE_ORDER'], { dateOrder: 'dmy' }],
    ['day', '03/04/2026', '2026-03-04', ['DATE_SPELLING', 'DATE_ORDER'], { dateOrder: 'mdy' }],
    ['day', '03/16/2026', refused('IMPORT_DATE_UNKNOWN'), [], { dateOrder: 'dmy' }],
    ['day', '03/03/2026', '2026-03-03', ['DATE_SPELLING']],
    ['day', serial(46097), '2026-03-16'],
    ['day', serial(1), '1900-01-01'],
    ['day', serial(61), '1900-03-01'],
    ['day', 46097, '2026-03-16', ['DATE_SERIAL']],
    ['day', '46097', '2026-03-16', ['DATE_SERIAL']],
    ['day', serial(46097.5), '2026-03-16', ['TIME_DROPPED']],
    ['day', '1996-07-04 00:00:00.000', '1996-07-04'],
    ['day', '2026-03-16 09:30', '2026-03-16', ['TIME_DROPPED']],
    ['day', '2024-02-29', '2024-02-29'],
    ['day', '2026-02-29', refused('IMPORT_DATE_UNKNOWN')],
    ['day', '16/3/26', refused('IMPORT_DATE_UNKNOWN')],
    ['day', 'next week', refused('IMPORT_DATE_UNKNOWN')],
    ['day', 12, refused('IMPORT_DATE_UNKNOWN')],
    ['day', true, refused('IMPORT_DATE_UNKNOWN')],
  ],
  times: [
    ['moment', '2026-03-16', midnight('2026-03-16')],
    ['moment', '2026-03-16', Date.parse('2026-03-16T00:00:00Z'), [], { zone: 'UTC' }],
    ['moment', '2026-03-16 09:30', Date.parse('2026-03-16T09:30:00+08:00')],
    ['moment', '2026-03-16T09:30:05Z', Date.parse('2026-03-16T09:30:05Z')],
    ['moment', '2026-03-16T09:30:05+02:00', Date.parse('2026-03-16T09:30:05+02:00')],
    ['moment', '2026年3月16日 下午3:20', Date.parse('2026-03-16T15:20:00+08:00'), ['DATE_SPELLING']],
    ['moment', '3/16/2026 3:20 PM', Date.parse('2026-03-16T15:20:00+08:00'), ['DATE_SPELLING']],
    ['moment', '2026-03-16 12:05 AM', Date.parse('2026-03-16T00:05:00+08:00'), ['DATE_SPELLING']],
    ['moment', serial(46097.395833333336), Date.parse('2026-03-16T09:30:00+08:00')],
    ['moment', '2026-07-01 12:00', Date.parse('2026-07-01T12:00:00-04:00'), [], { zone: 'America/New_York' }],
    ['moment', '2026-01-01 12:00', Date.parse('2026-01-01T12:00:00-05:00'), [], { zone: 'America/New_York' }],
    ['moment', '2026-03-16 25:00', refused('IMPORT_DATE_UNKNOWN')],
  ],
  numbers: [
    ['count', '1234', 1234],
    ['count', '1,234', 1234, ['SEPARATORS']],
    ['count', '1，234', 1234, ['WIDTH', 'SEPARATORS']],
    ['count', '１２３', 123, ['WIDTH']],
    ['count', '3万', 30_000, ['UNIT']],
    ['count', '1.5亿', 150_000_000, ['UNIT']],
    ['count', '12k', 12_000, ['UNIT']],
    ['count', '(1,234)', -1234, ['SEPARATORS', 'NUMBER_SPELLING']],
    ['count', '−5', -5],
    ['count', '1.5', refused('VALUE_TYPE')],
    ['count', 12.5, refused('VALUE_TYPE')],
    ['count', '12,34', refused('IMPORT_NUMBER_UNKNOWN')],
    ['count', 'about 5', refused('IMPORT_NUMBER_UNKNOWN')],
    ['count', '99999999999999999999', refused('IMPORT_NUMBER_ROUNDED')],
    ['ratio', '12%', 0.12, ['PERCENT']],
    ['chance', '40%', 40, ['PERCENT']],
    ['rate', '0.15', '0.1500'],
    ['rate', '1.234,5', '1234.5000', ['SEPARATORS', 'NUMBER_SPELLING'], { decimalComma: true }],
    ['rate', '1234,5', '1234.5000', ['NUMBER_SPELLING'], { decimalComma: true }],
    ['rate', '0.12345', refused('VALUE_SCALE')],
    ['rate', 0.1 + 0.2, '0.3000', ['NUMBER_NOISE']],
    ['rate', '12.5', '12500000.0000', [], { multiplyBy: 1_000_000 }],
  ],
  money: [
    ['price', '12.50', { minor: 1250, currency: 'CNY' }],
    ['price', '¥1,234.5', { minor: 123_450, currency: 'CNY' }, ['CURRENCY', 'SEPARATORS']],
    ['price', '￥１００', { minor: 10_000, currency: 'CNY' }, ['WIDTH', 'CURRENCY']],
    ['price', '3.5万元', { minor: 3_500_000, currency: 'CNY' }, ['CURRENCY', 'UNIT']],
    ['price', 'RMB 100', { minor: 10_000, currency: 'CNY' }, ['CURRENCY']],
    ['price', 'US$100', { minor: 10_000, currency: 'USD' }, ['CURRENCY']],
    ['price', '$100', { minor: 10_000, currency: 'USD' }, ['CURRENCY']],
    ['price', '100 EUR', { minor: 10_000, currency: 'EUR' }, ['CURRENCY']],
    ['price', '-€5', { minor: -500, currency: 'EUR' }, ['CURRENCY']],
    ['price', '¥500', { minor: 500, currency: 'JPY' }, ['CURRENCY'], { currency: 'JPY' }],
    ['price', '100', { minor: 10_000, currency: 'USD' }, [], { currency: 'USD' }],
    ['price', '1100.04', { minor: 110_004_000_000, currency: 'USD' }, [], { currency: 'USD', multiplyBy: 1_000_000 }],
    ['price', '0.005', refused('VALUE_SCALE')],
    ['price', '12 apples', refused('IMPORT_NUMBER_UNKNOWN')],
  ],
  texts: [
    ['name', '  蓝海  ', '蓝海'],
    ['name', '01581', '01581'],
    ['name', 12209, '12209', ['NUMBER_AS_TEXT']],
    ['name', 110_101_199_003_070_020, refused('IMPORT_NUMBER_ROUNDED')],
    ['name', serial(46097), refused('IMPORT_NUMBER_ROUNDED')],
    ['name', '1.38E+10', '1.38E+10'],
    ['name', '', null],
    ['name', 'NULL', null, ['EMPTY_WORD'], { empty: new Set(['NULL']) }],
    ['name', 'NULL', 'NULL'],
    ['name', 'GTXPro', 'GTX Pro', ['VALUE_MAPPED'], { values: new Map([['GTXPro', 'GTX Pro']]) }],
    ['name', '?', null, ['VALUE_MAPPED'], { values: new Map([['?', null]]) }],
    ['name', formula('twice'), 'twice', ['FORMULA_VALUE']],
    ['name', formula(null), refused('IMPORT_FORMULA_UNKNOWN')],
    ['name', formula('#REF!'), refused('IMPORT_CELL_ERROR')],
    ['name', { kind: 'error', text: '#N/A' }, refused('IMPORT_CELL_ERROR')],
    ['count', formula(84), 84, ['FORMULA_VALUE']],
  ],
  phones: [
    ['phone', '138 0013 8000', '+8613800138000'],
    ['phone', '１３８００１３８０００', '+8613800138000', ['WIDTH']],
    ['phone', 13_800_138_000, '+8613800138000', ['PHONE_NUMBER']],
    ['phone', 1_062_780_000, '+861062780000', ['PHONE_NUMBER']],
    ['phone', '1.38E+10', refused('IMPORT_NUMBER_ROUNDED')],
    ['phone', '1.38001E+10', refused('IMPORT_NUMBER_ROUNDED')],
    ['phone', 1.38e10 + 0.5, refused('IMPORT_NUMBER_ROUNDED')],
    ['phone', 1.38e20, refused('IMPORT_NUMBER_ROUNDED')],
    ['phone', '(030) 0074321', '+49300074321', [], { country: 'DE' }],
    ['phone', 'call me', refused('VALUE_PHONE')],
  ],
  words: [
    ['active', '是', true, ['BOOLEAN_WORD']],
    ['active', '否', false, ['BOOLEAN_WORD']],
    ['active', 'Yes', true, ['BOOLEAN_WORD']],
    ['active', 'no', false, ['BOOLEAN_WORD']],
    ['active', 'TRUE', true],
    ['active', 1, true, ['BOOLEAN_WORD']],
    ['active', '0', false, ['BOOLEAN_WORD']],
    ['active', '√', true, ['BOOLEAN_WORD']],
    ['active', '×', false, ['BOOLEAN_WORD']],
    ['active', true, true],
    ['active', 'maybe', refused('IMPORT_BOOLEAN_UNKNOWN')],
    ['colour', 'red', 'red'],
    ['colour', '红色', 'red'],
    ['colour', 'LIGHT  blue', 'light_blue', ['OPTION_SPELLING']],
    ['colour', 'ｒｅｄ', 'red', ['OPTION_SPELLING']],
    ['colour', 'old', refused('IMPORT_OPTION_UNKNOWN')],
    ['colour', 'lightblu', refused('IMPORT_OPTION_NEAR')],
    ['colours', 'blue、red；blue', ['red', 'blue']],
    ['colours', 'red\nblue', ['red', 'blue']],
    ['colours', '', []],
    ['tags', 'vip, new', ['new', 'vip']],
    ['email', 'Ada@Example.COM', 'ada@example.com'],
    ['email', 'ａｄａ@example.com', 'ada@example.com', ['WIDTH']],
    ['site', 'www.example.com', 'https://www.example.com/', ['URL_SCHEME']],
    ['site', 'https://example.com/a', 'https://example.com/a'],
    ['site', 'javascript:alert(1)', refused('VALUE_URL')],
    ['site', 'java\nscript:alert(1)', refused('VALUE_URL')],
  ],
}

describe('a cell becomes a value, marked when it was repaired, or is refused', () => {
  for (const [name, lines] of Object.entries(tables)) {
    it.each(lines.map((line) => ({ line, title: `${line[0]} ← ${JSON.stringify(line[1])} ${line[4] ? '(with options)' : ''}` })))(
      `${name}: $title`,
      ({ line: [field, given, expected, codes = [], options = {}] }) => {
        const result = convertCell(cellOf(given), fieldOf(definition, field), options)
        if (typeof expected === 'object' && expected !== null && 'refused' in expected) {
          expect(result).toMatchObject(expected)
          return
        }
        expect(result).not.toHaveProperty('refused')
        expect(result).toMatchObject({ value: expected })
        expect('mark' in result ? result.mark?.codes : []).toEqual(codes)
      },
    )
  }
})

describe('names become what they name', () => {
  const find = (text: string) =>
    ({ Acme: { id: 'a' }, 'Smith, Jones': { id: 's' }, Beta: { id: 'b' } })[text] ?? {
      refused: 'IMPORT_REFERENCE_MISSING' as const,
      params: { value: text },
    }

  it('a reference is looked up by its whole text', () => {
    expect(convertCell(cellOf('Acme'), fieldOf(definition, 'parentId'), { find })).toEqual({ value: 'a' })
    expect(convertCell(cellOf('Nobody'), fieldOf(definition, 'parentId'), { find })).toMatchObject({ refused: 'IMPORT_REFERENCE_MISSING' })
  })

  it('a list of names is split only where the whole is no name itself', () => {
    expect(convertCell(cellOf('Beta、Acme'), fieldOf(definition, 'others'), { find })).toEqual({ value: ['a', 'b'] })
    expect(convertCell(cellOf('Smith, Jones'), fieldOf(definition, 'others'), { find })).toEqual({ value: ['s'] })
    expect(convertCell(cellOf('Acme, Nobody'), fieldOf(definition, 'others'), { find })).toMatchObject({
      refused: 'IMPORT_REFERENCE_MISSING',
    })
  })
})
