import { readFile, writeFile } from 'node:fs/promises'

const engines = ['postgres', 'sqlite3', 'better-sqlite3']
const operations = [
  ['create', 'create', '新建'],
  ['read by id', 'read by id', '按 id 读取'],
  ['update one field', 'update one field', '改一个字段'],
  ['page of 50', 'page of 50', '一页 50 条'],
  ['bulk create of 1,000, per record', 'bulk of 1,000, per record', '批量新建 1,000 条，每条'],
  ['import of 5,000 rows of CSV, per row', 'import of 5,000 rows, per row', '导入 5,000 行，每行'],
] as const
const headings = {
  en: '| CPU per operation, as a multiple of raw | PostgreSQL | sqlite3 | better-sqlite3 |',
  'zh-CN': '| 每次操作的 CPU，为裸驱动的倍数 | PostgreSQL | sqlite3 | better-sqlite3 |',
}
const pages = { en: 'README.md', 'zh-CN': 'README.zh-CN.md' } as const

export type Language = keyof typeof pages

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())

/** The CPU ratio of Guanxi in process, by engine and operation, read from the results as they are written. */
function ratiosOf(results: string): Map<string, string> {
  const ratios = new Map<string, string>()
  let engine = ''
  let operation = ''
  for (const line of results.split('\n')) {
    if (line.startsWith('## ')) engine = line.slice(3).trim()
    if (!line.startsWith('|')) continue
    const [name = '', contender = '', , ratio = ''] = cellsOf(line)
    if (name) operation = name
    if (contender === '**Guanxi, in process**') ratios.set(`${engine}: ${operation}`, ratio)
  }
  return ratios
}

/** The table of figures that stands in a README, made from the text of RESULTS.md. */
export function figuresTable(results: string, language: Language): string {
  const ratios = ratiosOf(results)
  const rows = operations.map(([name, en, zh]) => {
    const figures = engines.map((engine) => `${ratios.get(`${engine}: ${name}`) ?? '?'}x`)
    return `| ${language === 'en' ? en : zh} | ${figures.join(' | ')} |`
  })
  return [headings[language], '|---|--:|--:|--:|', ...rows].join('\n')
}

const between = /(<!-- figures -->\n)[\s\S]*?(\n<!-- \/figures -->)/

const pageOf = (language: Language): URL => new URL(`../${pages[language]}`, import.meta.url)

/** What stands between the marks of a README now. */
export async function figuresIn(language: Language): Promise<string> {
  return between.exec(await readFile(pageOf(language), 'utf8'))?.[0] ?? ''
}

/** Puts the figures of a whole run into both READMEs. */
export async function writeFigures(results: string): Promise<void> {
  for (const language of Object.keys(pages) as Language[]) {
    const text = await readFile(pageOf(language), 'utf8')
    await writeFile(pageOf(language), text.replace(between, `$1${figuresTable(results, language)}$2`))
  }
}
