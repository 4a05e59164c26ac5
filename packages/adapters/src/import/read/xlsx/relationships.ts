import { posix } from 'node:path'
import { ReadFailure } from '../failure.ts'
import type { Archive } from './archive.ts'
import { readXml } from './xml.ts'

export interface Relationship {
  readonly id: string
  /** Last word of its type, such as `worksheet`: the words before it differ between editions of the standard. */
  readonly type: string
  /** The part it leads to; null when it leads out of the file. */
  readonly part: string | null
}

/** Where a part leads to. */
export async function readRelationships(archive: Archive, owner: string): Promise<Relationship[]> {
  const part = posix.join(posix.dirname(owner), '_rels', `${posix.basename(owner)}.rels`)
  const found: Relationship[] = []
  if (!archive.has(part)) return found
  await readXml(part, archive.open(part), {
    open(name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) {
      if (name !== 'Relationship') return
      const outside = mode === 'External'
      found.push({ id, type: type.slice(type.lastIndexOf('/') + 1), part: outside ? null : resolve(owner, target) })
    },
  })
  return found
}

function resolve(owner: string, target: string): string | null {
  const path = target.startsWith('/') ? posix.normalize(target.slice(1)) : posix.join(posix.dirname(owner), target)
  return path.startsWith('../') ? null : path
}

/** The part a relationship leads to, which has to be in the file. */
export function insidePart(relationship: Relationship | undefined, name: string): string {
  if (!relationship) throw new ReadFailure('IMPORT_FILE_DAMAGED', { part: name })
  if (relationship.part === null) throw new ReadFailure('IMPORT_FILE_FORBIDDEN', { part: name })
  return relationship.part
}
