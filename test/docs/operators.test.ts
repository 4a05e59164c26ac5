import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { operatorSql } from '../../packages/adapters/src/store/sql/expression/operators.ts'
import { coreForms } from '../../packages/core/src/expression/form/table.ts'
import { coreOperators, type OperatorName } from '../../packages/core/src/expression/operator/table.ts'
import { operatorWords } from '../../packages/core/src/expression/sentence/words.ts'

const page = readFileSync(new URL('../../docs/reference/operators.md', import.meta.url), 'utf8')

type Texts = Partial<Record<'value' | 'holds' | 'fails', (...operands: string[]) => string>>

/** Those that the compiler writes itself, because they repeat an operand or take a list. */
const byCompiler = new Set(['and', 'or', 'not', 'choose', 'oneOf', 'hasAny', 'hasAll', 'startsWith', 'endsWith', 'minorUnits'])

function sqlOf(name: string, engine: 'sqlite' | 'postgres'): string {
  const texts = (operatorSql as unknown as Record<string, Record<string, Texts>>)[name]?.[engine]
  if (!texts) return ''
  return texts.value ? `\`${texts.value('A', 'B', 'C')}\`` : `\`${texts.holds?.('A', 'B')}\` / \`${texts.fails?.('A', 'B')}\``
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

it('every operator has its SQL, positive and negative, on both engines, unless it never runs there', () => {
  const lacking = coreOperators.filter(
    ({ name, memoryOnly }) => !memoryOnly && !byCompiler.has(name) && (!sqlOf(name, 'sqlite') || !sqlOf(name, 'postgres')),
  )
  expect(lacking.map(({ name }) => name)).toEqual([])
})

it('the page lists every operator with cost, SQL and words', () => {
  const rows = coreOperators.map(({ name, cost, memoryOnly }) => {
    const { words, denied } = operatorWords[name as OperatorName]
    const said = `${words.en} · ${words['zh-CN']}${denied ? `; ${denied.en} · ${denied['zh-CN']}` : ''}`
    const sql = memoryOnly
      ? [`memory only (${memoryOnly})`, '']
      : byCompiler.has(name)
        ? ['by the compiler', 'by the compiler']
        : [sqlOf(name, 'sqlite'), sqlOf(name, 'postgres')]
    return `| \`${name}\` | ${cost} | ${sql.map(cell).join(' | ')} | ${cell(said)} |`
  })
  const missing = rows.filter((row) => !page.includes(row))
  expect(missing, `Add to docs/reference/operators.md:\n${missing.join('\n')}\n`).toEqual([])
})

it('the page names everything that can be written', () => {
  const named = [...page.matchAll(/^\| `\{ "([^"]+)"/gm)].map(([, name]) => name)
  expect(named.sort()).toEqual([...coreForms.keys()].sort())
})
