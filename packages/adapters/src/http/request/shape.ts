import { unknownParameter } from './query.ts'

/** Refuses a body's keys that nobody asked for. */
export function closedKeys(body: Readonly<Record<string, unknown>>, names: readonly string[], path = ''): void {
  for (const key of Object.keys(body)) {
    if (!names.includes(key)) throw unknownParameter(key, `${path}/${pointer(key)}`)
  }
}

/** A key as a part of a JSON pointer. */
export function pointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
