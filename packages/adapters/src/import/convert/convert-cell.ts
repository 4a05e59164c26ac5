import type { FieldDefinition } from '@guanxi/core'
import { isId } from '../map/target.ts'
import type { Cell } from '../table.ts'
import { readBoolean } from './boolean-cell.ts'
import { type Content, cellContent } from './cell-content.ts'
import { readChoice, readChoices } from './choice-cell.ts'
import { type Converted, converted, isRefused, type Reading, type Refused, refuse } from './converted.ts'
import { readDay, readInstant } from './date-cell.ts'
import { readId } from './id-cell.ts'
import { readLink } from './link-cell.ts'
import { readMoney, readNumber } from './number-cell.ts'
import type { ConvertOptions } from './options.ts'
import { readPhone } from './phone-cell.ts'
import { readEmail, readText, readUrl } from './text-cell.ts'

/** Reads a cell into a field. What is not plainly that field's value is repaired with a mark, or refused; never guessed, never cut. */
export function convertCell(cell: Cell, field: FieldDefinition, options: ConvertOptions = {}): Converted {
  const content = cellContent(cell)
  if (isRefused(content)) return content
  if (content.kind === 'empty') return { value: emptyOf(field) }
  const text = content.kind === 'text' ? content.text.trim() : content.original
  const mapped = options.values?.get(text)
  if (mapped !== undefined) return convertMapped(mapped, content.original, field, options)
  if (options.empty?.has(text)) return { value: emptyOf(field), mark: { codes: ['EMPTY_WORD'], original: content.original } }
  const reading = read(content, field, options)
  return isRefused(reading) ? reading : converted(reading, content.original)
}

/** A mapped value is read like any other, so that a wrong one is refused with its row. */
function convertMapped(mapped: string | null, original: string, field: FieldDefinition, options: ConvertOptions): Converted {
  const text = mapped?.trim() ?? ''
  const reading =
    text === '' ? { value: emptyOf(field), codes: [] } : read({ kind: 'text', text, original: text, codes: [] }, field, options)
  return isRefused(reading) ? reading : converted({ value: reading.value, codes: ['VALUE_MAPPED', ...reading.codes] }, original)
}

/** Lists are never null. */
function emptyOf(field: FieldDefinition): null | [] {
  return field.kind === 'links' || field.kind === 'multiChoice' ? [] : null
}

function read(content: Content, field: FieldDefinition, options: ConvertOptions): Reading | Refused {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return isId(field) ? readId(content) : readText(content, field)
    case 'integer':
    case 'number':
    case 'decimal':
      return readNumber(content, field, options)
    case 'money':
      return readMoney(content, options)
    case 'boolean':
      return readBoolean(content)
    case 'date':
      return readDay(content, options)
    case 'instant':
      return readInstant(content, options)
    case 'phone':
      return readPhone(content, options)
    case 'file':
    case 'children':
      return refuse('IMPORT_FIELD_KIND', { field: field.name })
    default:
      return readWord(content, field, options)
  }
}

/** Kinds whose cells are words: a number is the word its digits spell. */
function readWord(content: Content, field: FieldDefinition, options: ConvertOptions): Reading | Refused {
  const plain = readText(content, field)
  if (isRefused(plain)) return plain
  const reading = readWords(plain.value, field, options)
  if (isRefused(reading) || content.kind !== 'text') return reading
  return { value: reading.value, codes: [...content.codes, ...reading.codes] }
}

function readWords(text: string, field: FieldDefinition, options: ConvertOptions): Reading | Refused {
  if (field.kind === 'choice') return readChoice(text, field, options)
  if (field.kind === 'multiChoice') return readChoices(text, field, options)
  if (field.kind === 'email') return readEmail(text)
  if (field.kind === 'url') return readUrl(text)
  return readLink(text, field, options)
}
