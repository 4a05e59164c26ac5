import type { Content } from './cell-content.ts'
import { type Reading, type Refused, refuse } from './converted.ts'
import { folded } from './width.ts'

const yes = new Set(['是', '对', '有', '真', '开', '启用', 'yes', 'y', 'true', 't', 'on', '1', '√', '✓', '✔', '☑', '○'])
const no = new Set(['否', '不是', '错', '无', '没有', '假', '关', '停用', 'no', 'n', 'false', 'f', 'off', '0', '×', '✗', '✘', '☒', 'x'])

/** Reads a cell into yes or no, in both languages. */
export function readBoolean(content: Content): Reading<boolean> | Refused {
  if (content.kind === 'boolean') return { value: content.boolean, codes: content.codes }
  const word = content.kind === 'number' ? String(content.number) : content.kind === 'text' ? folded(content.text) : ''
  const codes = content.kind === 'empty' ? [] : content.codes
  const plain = word === 'true' || word === 'false'
  if (yes.has(word)) return { value: true, codes: plain ? codes : [...codes, 'BOOLEAN_WORD'] }
  if (no.has(word)) return { value: false, codes: plain ? codes : [...codes, 'BOOLEAN_WORD'] }
  return refuse('IMPORT_BOOLEAN_UNKNOWN', { value: content.original.slice(0, 100) })
}
