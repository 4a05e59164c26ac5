import type { CrmField } from './field.ts'

/** What entering takes: checks, what is found by typing, what is said of an entry. */
export type Typing = typeof import('./typing.ts')
/** What reading takes: values, faces, marks. */
export type Shown = typeof import('./shown.ts')

/** The parts of fields that come after the first look; null until then. */
export const later: { typing: Typing | null; shown: Shown | null } = { typing: null, shown: null }

/** Fields on the page: each hears once a part is here. */
export const fields = new Set<CrmField>()

export const loadTyping = () => import('./typing.ts')
const importShown = () => import('./shown.ts')

/** From now on entries are checked. */
export function useTyping(typing: Typing): void {
  if (later.typing) return
  later.typing = typing
  for (const field of fields) field.arrived()
}

/** Loads how values read; where fields are drawn after that, they have it at once. */
export async function loadShown(): Promise<Shown> {
  const shown = await importShown()
  if (later.shown) return shown
  later.shown = shown
  for (const field of fields) field.arrived()
  return shown
}
