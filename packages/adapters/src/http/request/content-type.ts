import { crmError } from '@guanxi/core'

const charset = /;\s*charset\s*=\s*"?([^";\s]*)"?/i

/** State changes are sent as JSON in UTF-8, uncompressed. Spelling, spaces and other parameters do not matter. */
export function requireJson(header: (name: string) => string | null): void {
  const type = header('content-type') ?? ''
  const [essence = ''] = type.split(';')
  const encoding = header('content-encoding') ?? 'identity'
  const isJson = essence.trim().toLowerCase() === 'application/json'
  const isUtf8 = /^utf-?8$/i.test(charset.exec(type)?.[1] ?? 'utf-8')
  if (!isJson || !isUtf8 || encoding.trim().toLowerCase() !== 'identity') throw crmError('CONTENT_TYPE_UNSUPPORTED')
}
