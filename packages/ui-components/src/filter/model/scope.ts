import { inside, type Source } from './fields.ts'
import { type Group, innerGroup } from './tree.ts'

/** What a part is about: the records themselves, or child records it is asked of. Null = there is no such part. */
export function sourceOf(source: Source, group: Group, id: number): Source | null {
  for (const part of group.parts) {
    if (part.id === id) return source
    const inner = innerGroup(part)
    const within = part.is === 'rows' ? inside(source, part.path) : part.is === 'condition' ? inside(source, part.subject.path) : source
    const found = inner && within ? sourceOf(within, inner, id) : null
    if (found) return found
  }
  return null
}
