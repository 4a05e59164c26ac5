/** Where files to import wait, and what they may cost. */
export interface ImportUploadOptions {
  /** Folder of uploaded files; one of this user below the system's temporary folder unless said. Several servers may share it. */
  readonly folder?: string
  /** Bytes of a file; 200 MB unless said. */
  readonly maxBytes?: number
  /** Hours a file is kept at most; 24 unless said. A file goes earlier when its import is done. */
  readonly keepHours?: number
}
