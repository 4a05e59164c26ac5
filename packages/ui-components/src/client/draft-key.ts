const PREFIX = 'guanxi-draft'

/** What a kept draft is called: it names the person, the tenant and the record, so nobody else is shown it. */
export function draftKey(base: string, tenant: string | null, person: string, object: string, id: string | null): string {
  return JSON.stringify([PREFIX, base, tenant, person, object, id])
}

/** Where drafts are kept; hosts may have switched storage off: then nothing is. */
export function draftStorage(): Storage | null {
  try {
    return globalThis.sessionStorage
  } catch {
    return null
  }
}

/** Throws away every draft for a server. */
export function dropDrafts(base: string): void {
  const storage = draftStorage()
  if (!storage) return
  const start = `${JSON.stringify([PREFIX, base]).slice(0, -1)},`
  for (const key of Object.keys(storage)) if (key.startsWith(start)) storage.removeItem(key)
}
