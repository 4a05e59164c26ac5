/**
 * Raw driver values by declared type. Drivers differ: 64-bit integers come as numbers, bigints or texts, booleans as 0/1 or 't',
 * JSON parsed or as text. Nothing here trusts the shape it is given.
 */

export function readText(raw: unknown): string {
  return typeof raw === 'string' ? raw : String(raw)
}

export function readNumber(raw: unknown): number {
  return typeof raw === 'number' ? raw : Number(raw)
}

export function readBoolean(raw: unknown): boolean {
  if (typeof raw === 'boolean') return raw
  return raw === 1 || raw === 1n || raw === 't' || raw === 'true' || raw === '1'
}

export function readJson(raw: unknown): unknown {
  return typeof raw === 'string' ? JSON.parse(raw) : raw
}
