import { type Cell, convertCell } from '@guanxi/adapters/import'
import type { ObjectDefinition } from '@guanxi/core'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { everyKind, fieldOf } from '../support/every-kind.ts'

let definition: ObjectDefinition

beforeAll(async () => {
  definition = await everyKind()
})

const text = (value: string): Cell => ({ kind: 'text', text: value })
const day = fc
  .date({ min: new Date('1900-03-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const cell = fc.oneof(
  fc.string().map(text),
  fc.string({ unit: 'grapheme' }).map(text),
  fc.double().map((number): Cell => ({ kind: 'number', number, date: false })),
  fc.double().map((number): Cell => ({ kind: 'number', number, date: true })),
  fc.boolean().map((boolean): Cell => ({ kind: 'boolean', boolean })),
  fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null)).map((cached): Cell => ({ kind: 'formula', formula: 'A1', cached })),
)

it('any cell is taken or refused by any field, and nothing else happens', () => {
  fc.assert(
    fc.property(cell, fc.nat(), (given, index) => {
      const fields = definition.fields.filter(({ layer }) => layer !== 'system')
      const result = convertCell(given, fields[index % fields.length] as (typeof fields)[number], {})
      expect('value' in result).not.toBe('refused' in result)
    }),
    { numRuns: 2_000 },
  )
})

it('every spelling of a day is that day', () => {
  fc.assert(
    fc.property(day, (iso) => {
      const [year = '', month = '', date = ''] = iso.split('-')
      const [m, d] = [Number(month), Number(date)]
      const serial = (Date.parse(iso) - Date.UTC(1899, 11, 30)) / 86_400_000
      const wide = iso.replace(/[\d-]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
      const spellings: Cell[] = [
        ...[
          iso,
          `${year}/${m}/${d}`,
          `${year}.${m}.${d}`,
          `${year}年${m}月${d}日`,
          `${year}${month}${date}`,
          wide,
          `${iso} 00:00:00.000`,
        ].map(text),
        { kind: 'number', number: serial, date: true },
      ]
      for (const spelling of spellings) expect(convertCell(spelling, fieldOf(definition, 'day'))).toMatchObject({ value: iso })
      expect(convertCell(text(`${d}/${m}/${year}`), fieldOf(definition, 'day'), { dateOrder: 'dmy' })).toMatchObject({ value: iso })
      expect(convertCell(text(`${m}/${d}/${year}`), fieldOf(definition, 'day'), { dateOrder: 'mdy' })).toMatchObject({ value: iso })
    }),
  )
})

it('a moment is the same moment in every zone it is written in', () => {
  const zones = ['Asia/Shanghai', 'UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(1995, 0, 1) / 1000, max: Date.UTC(2035, 0, 1) / 1000 }),
      fc.constantFrom(...zones),
      (seconds, zone) => {
        const instant = seconds * 1000
        const written = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(instant)
        const result = convertCell(text(written), fieldOf(definition, 'moment'), { zone })
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
        // An hour that a clock shows twice has two moments; either shows what is written.
        expect(shown.format(Number('value' in result ? result.value : Number.NaN))).toBe(written)
      },
    ),
  )
})

it('amounts keep every digit, however they are written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -900_719_925_474_099, max: 900_719_925_474_099 }), (minor) => {
      const sign = minor < 0 ? '-' : ''
      const digits = String(Math.abs(minor)).padStart(3, '0')
      const [whole, cents] = [digits.slice(0, -2), digits.slice(-2)]
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
      const price = fieldOf(definition, 'price')
      for (const written of [
        `${sign}${whole}.${cents}`,
        `${sign}${grouped}.${cents}`,
        `${sign}¥${grouped}.${cents}`,
        `${sign}${whole}.${cents}元`,
      ]) {
        expect(convertCell(text(written), price)).toMatchObject({ value: { minor: minor === 0 ? 0 : minor, currency: 'CNY' } })
      }
    }),
  )
})

it('texts arrive as they are, but for the spaces around them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (given) => {
      const result = convertCell(text(given), fieldOf(definition, 'notes'))
      expect(result).toEqual({ value: given.trim() === '' ? null : given.trim().normalize('NFC') })
    }),
  )
})
