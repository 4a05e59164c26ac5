import { crmError, type ObjectDefinition } from '@guanxi/core'
import { type ImportMapping, peopleObject } from '../map/mapping.ts'

/** What has to be known of a file to find its place. */
interface Placed {
  readonly name: string
  readonly mapping: ImportMapping
}

/** Files in the order in which they can be imported: what others refer to comes first, else as given. Throws IMPORT_CIRCLE. */
export function orderFiles<F extends Placed>(files: readonly F[], definitions: ReadonlyMap<string, ObjectDefinition>): F[] {
  const ordered: F[] = []
  const open: F[] = []
  const visit = (file: F): void => {
    if (ordered.includes(file)) return
    if (open.includes(file))
      throw crmError('IMPORT_CIRCLE', { path: [...open.slice(open.indexOf(file)), file].map(({ name }) => name).join(' → ') })
    open.push(file)
    const needed = objectsNeeded(file.mapping, definitions)
    for (const other of files)
      if (other !== file && other.mapping.object !== file.mapping.object && needed.has(other.mapping.object)) visit(other)
    open.pop()
    ordered.push(file)
  }
  for (const file of files) visit(file)
  return ordered
}

/** Objects whose records a mapping's cells name. */
export function objectsNeeded(mapping: ImportMapping, definitions: ReadonlyMap<string, ObjectDefinition>): Set<string> {
  const definition = definitions.get(mapping.object)
  const stages = mapping.history?.stages ?? []
  const names = [
    ...mapping.columns.map(({ field }) => field),
    ...Object.keys(mapping.defaults ?? {}),
    ...Object.keys(mapping.history?.start ?? {}),
    ...stages.flatMap(({ set }) => Object.keys(set)),
  ]
  const needed = new Set<string>()
  for (const name of names) {
    const field = definition?.field.get(name)
    if (field?.kind === 'user') needed.add(peopleObject)
    const to = field?.to ?? mapping.references?.[name]?.to
    if (to) needed.add(to)
  }
  return needed
}
