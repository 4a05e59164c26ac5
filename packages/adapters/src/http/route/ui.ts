import { crmError } from '@guanxi/core'
import { findAsset } from '../asset/asset.ts'
import { file, type Reply } from '../reply/reply.ts'
import { type PublicCall, param } from './route.ts'

/** The components for the browser. */
export function uiScript(call: PublicCall): Promise<Reply> {
  return send(call, 'ui.js', 'entry')
}

/** A file that the components load when they need it. */
export function uiAsset(call: PublicCall): Promise<Reply> {
  return send(call, param(call, 'asset'), 'later')
}

async function send({ exchange }: PublicCall, name: string, part: 'entry' | 'later'): Promise<Reply> {
  const asset = await findAsset(name, part)
  if (!asset) throw crmError('NOT_FOUND')
  const { bytes, etag, type, hashed } = asset
  const headers = { etag, 'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'public, no-cache' }
  if (isKnown(exchange.header('if-none-match'), etag)) return file(null, 304, headers)
  return file(bytes, 200, { ...headers, 'content-type': type })
}

function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false
  const known = ifNoneMatch.split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*')
}
