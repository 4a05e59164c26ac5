import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Rows of one file, by column name; an empty cell is an empty text. */
export type Row = Readonly<Record<string, string>>

/** The four files of the data set. */
export interface MavenData {
  readonly accounts: readonly Row[]
  readonly products: readonly Row[]
  readonly agents: readonly Row[]
  readonly pipeline: readonly Row[]
}

/** Beside the repository, not in it: the data is third-party. */
export const mavenFolder = fileURLToPath(new URL('../../../shared/data/maven-crm/', import.meta.url))

/** The data, or null where the folder is absent. */
export function readMaven(): MavenData | null {
  if (!existsSync(`${mavenFolder}sales_pipeline.csv`)) return null
  return { accounts: read('accounts'), products: read('products'), agents: read('sales_teams'), pipeline: read('sales_pipeline') }
}

/** These files quote nothing, so a line is its commas. */
function read(name: string): Row[] {
  const [head = '', ...lines] = readFileSync(`${mavenFolder}${name}.csv`, 'utf8').trim().split(/\r?\n/)
  const columns = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
  })
}
