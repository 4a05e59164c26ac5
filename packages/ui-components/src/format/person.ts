const SLOTS = 8

/** One of the avatar colours; the same person has the same one everywhere. */
export function avatarSlot(id: string): number {
  let hash = 0
  for (const letter of id) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return (hash % SLOTS) + 1
}

/** What an avatar shows: the family name of a Chinese name, the initials of others. */
export function initialsOf(name: string): string {
  const trimmed = name.trim()
  const first = [...trimmed][0] ?? ''
  if (!/^[a-z]/i.test(first)) return first
  return trimmed
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')
}
