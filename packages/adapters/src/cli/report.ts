import { inLocale, type Locale } from '@guanxi/core'
import { repairs } from '../import/convert/repairs.ts'
import type { Progress, RepairCount, RowResult } from '../import/run/job.ts'
import type { Question, UnknownValue } from '../import/survey/question.ts'
import { say } from './words.ts'

const mostRows = 50

/** One line that is written over itself. */
export function progressLine({ file, rowsDone, rowsTotal, rowsPerSecond, secondsLeft }: Progress, locale: Locale): string {
  const line = say('progress', locale, { file, done: rowsDone, total: rowsTotal, rate: rowsPerSecond, left: secondsLeft ?? '…' })
  return `\r${line}${rowsDone >= rowsTotal ? '\n' : ''}`
}

/** What a person has to decide. */
export function questionLines(questions: readonly Question[], locale: Locale): string[] {
  return questions.map((question) => say('question', locale, { what: questionText(question, locale) }))
}

/** What would become of rows that cannot be taken. */
export function rowLines(rows: readonly RowResult[], locale: Locale): string[] {
  return rows.slice(0, mostRows).map(({ file, row, reasons }) => {
    const sentences = reasons.map(({ column, message }) => `${column === null ? '' : `${column}: `}${inLocale(message, locale)}`)
    return say('row', locale, { file, row, reasons: sentences.join(' ') })
  })
}

/** What was done to cells. */
export function repairLines(counts: readonly RepairCount[], locale: Locale): string[] {
  return counts.map(({ file, column, code, count }) =>
    say('repaired', locale, { file, column, what: inLocale(repairs[code], locale), count }),
  )
}

function questionText(question: Question, locale: Locale): string {
  switch (question.kind) {
    case 'options':
      return say('options', locale, { column: question.column, values: valueList(question.values) })
    case 'references':
      return say('references', locale, { column: question.column, object: question.object, values: valueList(question.values) })
    case 'dateOrder':
      return say('dateOrder', locale, { column: question.column })
    case 'required':
      return say('required', locale, { field: question.field })
    case 'refused': {
      const { column, count, example, reason } = question
      return say('refused', locale, { column, count, example, why: inLocale(reason.message, locale) })
    }
  }
}

function valueList(values: readonly UnknownValue[]): string {
  return values
    .slice(0, 10)
    .map(({ value, count, nearest }) => `${value} (${count})${nearest === null ? '' : ` → ${nearest}?`}`)
    .join(', ')
}
