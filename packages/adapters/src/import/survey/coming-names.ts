import type { Session } from '@guanxi/core'
import { compileMapping } from '../compile/compile-mapping.ts'
import type { CompiledMapping } from '../compile/compiled.ts'
import { cellText } from '../convert/cell-content.ts'
import { peopleObject } from '../map/mapping.ts'
import { namingFields } from '../map/target.ts'
import type { ImportFile } from '../run/job.ts'
import { definitionsOf } from '../run/start-job.ts'

const most = 100_000
const peopleNames: readonly string[] = ['id', 'name', 'email', 'manager']

/** Names that files bring along, by object: what other files of the same import may refer to. The first 100,000 rows of each count. */
export async function comingNames(
  session: Session,
  files: readonly ImportFile[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const definitions = await definitionsOf(
    session,
    files.map(({ mapping }) => mapping.object),
  )
  const coming = new Map<string, Set<string>>()
  for (const file of files) {
    const { mapping } = file
    const definition = definitions.get(mapping.object)
    const table = await file.open()
    try {
      const names = coming.get(mapping.object) ?? new Set()
      coming.set(mapping.object, names)
      if (!definition) continue
      const compiled = compileMapping(mapping, definition, table.columns)
      for await (const { rows } of table.rows(signal)) {
        for (const row of rows) for (const name of namesOf(compiled, row)) names.add(name)
        if (names.size >= most) break
      }
    } finally {
      await table.close()
    }
  }
  return coming
}

function namesOf(
  { sources, mapping, definition }: CompiledMapping,
  row: Parameters<CompiledMapping['sources'][number]['cell']>[0],
): string[] {
  const naming = mapping.object === peopleObject ? peopleNames : [...namingFields(definition), ...(mapping.key ?? [])]
  return sources
    .filter(({ field }) => naming.includes(field.name))
    .map(({ cell, options }) => {
      const text = cellText(cell(row)).trim()
      return options.values?.get(text) ?? text
    })
    .filter((text) => text !== '')
}
