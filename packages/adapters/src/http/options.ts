import type { CrmOptions } from '@guanxi/core'
import type { ImportUploadOptions } from '../import/upload/upload-options.ts'

export type { ImportUploadOptions }

/** How the HTTP handler behaves. */
export interface HttpOptions {
  /**
   * Path the handler stands under, such as `/crm`. Express and Fastify say it themselves when the handler is mounted; elsewhere the
   * root unless said.
   */
  readonly basePath?: string
  /** Bytes of a request's body; 1,000,000 unless said. */
  readonly bodyLimit?: number
  /** Bytes of a bulk request's body; 10,000,000 unless said. */
  readonly bulkLimit?: number
  /** Origins besides the handler's own whose pages may change data, such as `https://app.example.com`. */
  readonly trustedOrigins?: readonly string[]
  /** Files that people upload to import them; only where the plugin `importing` is installed. */
  readonly imports?: ImportUploadOptions
  /** Where failures go, each with the trace number its reader was given. Silent unless said. */
  readonly log?: NonNullable<CrmOptions['log']>
}

/** Options with everything filled in. */
export interface Settings {
  readonly basePath: string | null
  readonly bodyLimit: number
  readonly bulkLimit: number
  readonly trustedOrigins: ReadonlySet<string>
  readonly imports: ImportUploadOptions
  readonly log: NonNullable<CrmOptions['log']>
}

export function settingsOf(options: HttpOptions): Settings {
  const { basePath, bodyLimit = 1_000_000, bulkLimit = 10_000_000, trustedOrigins = [], imports = {}, log = () => {} } = options
  const mount = basePath === undefined ? null : trimmed(basePath)
  return { basePath: mount, bodyLimit, bulkLimit, trustedOrigins: new Set(trustedOrigins), imports, log }
}

/** A base path starts with a slash and ends without one; the root is empty. */
export function trimmed(basePath: string): string {
  const inner = basePath.replace(/^\/+|\/+$/g, '')
  return inner === '' ? '' : `/${inner}`
}
