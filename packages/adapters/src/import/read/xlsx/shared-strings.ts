import { ReadFailure } from '../failure.ts'
import type { ReadLimits } from '../limits.ts'
import type { Archive } from './archive.ts'
import { xStringText } from './x-string.ts'
import { readXml } from './xml.ts'

/** What keeping a string costs, however short it is. */
const each = 16

/** The texts that cells point to by number. Rich text is its letters; how to pronounce them is left out. */
export async function readSharedStrings(archive: Archive, part: string | null, limits: ReadLimits): Promise<readonly string[]> {
  const strings: string[] = []
  if (part === null) return strings
  let text = ''
  let total = 0
  let inText = false
  let pronounced = 0
  await readXml(part, archive.open(part), {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') pronounced += 1
      inText = name === 't' && pronounced === 0
    },
    text(found) {
      if (!inText) return
      text += found
      if (text.length > limits.cellCharacters * 7) refuse(strings.length, limits)
    },
    close(name) {
      inText = false
      if (name === 'rPh') pronounced -= 1
      if (name !== 'si') return
      const decoded = xStringText(text)
      if (decoded.length > limits.cellCharacters) refuse(strings.length, limits)
      total += decoded.length + each
      if (total > limits.sharedStrings) throw new ReadFailure('IMPORT_SHARED_STRINGS', { limit: limits.sharedStrings })
      strings.push(ownCopy(decoded))
    },
  })
  return strings
}

function refuse(index: number, { cellCharacters }: ReadLimits): never {
  throw new ReadFailure('IMPORT_CELL', { cell: `sharedStrings ${index + 1}`, limit: cellCharacters })
}

/** A part of a longer string keeps all of it in memory; a copy does not. */
function ownCopy(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le')
}
