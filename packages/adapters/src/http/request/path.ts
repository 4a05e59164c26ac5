import { crmError } from '@guanxi/core'

/**
 * The decoded segments of a path. One spelling per route: a path that another server could read differently (encoded slashes and dots,
 * double encoding, empty segments, a slash at the end) is no route at all.
 */
export function segmentsOf(path: string | null): readonly string[] {
  if (path === null || !path.startsWith('/')) throw crmError('NOT_FOUND')
  return path.slice(1).split('/').map(decodeSegment)
}

const ascii = /^[\x21-\x7e]+$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const unsafe = /[/\\%\u0000-\u001f\u007f]/

function decodeSegment(raw: string): string {
  if (!ascii.test(raw)) throw crmError('NOT_FOUND')
  const segment = decode(raw)
  if (segment === null || segment === '.' || segment === '..' || unsafe.test(segment)) throw crmError('NOT_FOUND')
  return segment
}

function decode(raw: string): string | null {
  try {
    return decodeURIComponent(raw)
  } catch {
    return null
  }
}
