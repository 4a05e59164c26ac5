import type { Archive } from './archive.ts'
import { readXml } from './xml.ts'

/** Whether the number format of a style, by its index, shows a date or time. */
export async function readDateStyles(archive: Archive, part: string | null): Promise<readonly boolean[]> {
  const custom = new Map<string, boolean>()
  const styles: boolean[] = []
  let inCells = false
  if (part === null) return styles
  await readXml(part, archive.open(part), {
    open(name, { numFmtId = '', formatCode = '' }) {
      if (name === 'numFmt') custom.set(numFmtId, showsDate(formatCode))
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) styles.push(custom.get(numFmtId) ?? isBuiltInDate(Number(numFmtId)))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

/** Ids with a meaning of their own, those of East Asian and Thai editions among them. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58) || (id >= 71 && id <= 81)
}

/** Quoted words, escaped characters, padding and brackets say nothing about dates, except `[h]`, `[mm]`, `[ss]`. */
const noise = /"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi

export function showsDate(format: string): boolean {
  const bare = format.slice(0, 500).replace(noise, '')
  return !/^general$/i.test(bare) && /[ymdhs年月日时分秒]/i.test(bare)
}
