const escaped = /_x([0-9a-f]{4})_/gi

/** Characters that XML cannot hold are written `_x000D_` in a workbook. */
export function xStringText(written: string): string {
  if (!written.includes('_x')) return written
  return written.replace(escaped, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
