/** Where a request's body comes from. */
export type BodySource =
  /** Not read yet. */
  | { readonly state: 'waiting'; readonly chunks: () => AsyncIterable<Uint8Array> }
  /** Read and parsed by the host's own middleware; bytes or text where it only read. */
  | { readonly state: 'parsed'; readonly value: unknown }
  /** Read by somebody who kept nothing of it. */
  | { readonly state: 'lost' }
  | { readonly state: 'none' }

/** One request, told the same way by every kind of host. */
export interface Exchange {
  readonly method: string
  /** Path below the mount, undecoded, without the query; null when the request is not below it. */
  readonly path: string | null
  /** Undecoded, without the question mark. */
  readonly query: string
  /** Path of the mount, without a slash at its end. */
  readonly mount: string
  readonly header: (name: string) => string | null
  readonly body: BodySource
  /** True once nobody waits for the answer. */
  readonly aborted: () => boolean
  /** The host's own request, for `identify`. */
  readonly original: unknown
}
