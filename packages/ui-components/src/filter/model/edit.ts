import { type Group, type Ids, innerGroup, type Part } from './tree.ts'

/** The part with an id, wherever it lies. */
export function findPart(group: Group, id: number): Part | null {
  if (group.id === id) return group
  for (const part of group.parts) {
    if (part.id === id) return part
    const inner = innerGroup(part)
    const found = inner && findPart(inner, id)
    if (found) return found
  }
  return null
}

/** The group that holds a part. */
export function parentOf(group: Group, id: number): Group | null {
  if (group.parts.some((part) => part.id === id)) return group
  for (const part of group.parts) {
    const inner = innerGroup(part)
    const found = inner && parentOf(inner, id)
    if (found) return found
  }
  return null
}

/** The tree with one group changed. */
export function changeGroup(group: Group, id: number, change: (group: Group) => Group): Group {
  if (group.id === id) return change(group)
  return { ...group, parts: group.parts.map((part) => withInner(part, (inner) => changeGroup(inner, id, change))) }
}

/** The tree with a part in the place of another; without a replacement it goes. */
export function replacePart(group: Group, id: number, change: (part: Part) => readonly Part[]): Group {
  const parent = parentOf(group, id)
  if (!parent) return group
  return changeGroup(group, parent.id, (found) => ({
    ...found,
    parts: found.parts.flatMap((part) => (part.id === id ? change(part) : [part])),
  }))
}

/** One place up or down among its neighbours. */
export function movePart(group: Group, id: number, step: 1 | -1): Group {
  const parent = parentOf(group, id)
  if (!parent) return group
  const parts = [...parent.parts]
  const at = parts.findIndex((part) => part.id === id)
  const [moved] = parts.splice(at, 1)
  if (!moved || at + step < 0 || at + step > parts.length) return group
  parts.splice(at + step, 0, moved)
  return changeGroup(group, parent.id, (found) => ({ ...found, parts }))
}

/** The same part again, under numbers of its own. */
export function copyPart(part: Part, ids: Ids): Part {
  const copied = withInner({ ...part, id: ids.next() }, (inner) => copyGroup(inner, ids))
  return copied
}

function copyGroup(group: Group, ids: Ids): Group {
  return { ...group, id: ids.next(), parts: group.parts.map((part) => copyPart(part, ids)) }
}

function withInner(part: Part, change: (group: Group) => Group): Part {
  switch (part.is) {
    case 'group':
      return change(part)
    case 'rows': {
      const where = change(part.where)
      return where === part.where ? part : { ...part, where }
    }
    case 'condition': {
      const { subject } = part
      if (subject.is !== 'figure') return part
      const where = change(subject.where)
      return where === subject.where ? part : { ...part, subject: { ...subject, where } }
    }
    case 'kept':
      return part
  }
}
