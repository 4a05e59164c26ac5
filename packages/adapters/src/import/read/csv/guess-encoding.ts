import { validSequence } from './utf8.ts'

/**
 * What a text that is not UTF-8 is, judged by its bytes: `utf-8` means UTF-8 with invalid places in it.
 * Chinese text is pairs of bytes from the common plane of GB2312; accents of Windows-1252 stand alone between ASCII letters.
 */
export function guessEncoding(sample: Buffer): 'utf-8' | 'gb18030' | 'windows-1252' {
  if (isBrokenUtf8(sample)) return 'utf-8'
  const { common, rare, invalid } = gbPairs(sample)
  return invalid === 0 && common > rare ? 'gb18030' : 'windows-1252'
}

/** Three-byte sequences hardly ever arise by chance. */
function isBrokenUtf8(sample: Buffer): boolean {
  let long = 0
  let invalid = 0
  for (let at = 0; at < sample.length; ) {
    const length = validSequence(sample, at)
    if (length >= 3) long += 1
    if (length === 0) invalid += 1
    at += length || 1
  }
  return long > invalid
}

function gbPairs(sample: Buffer): { common: number; rare: number; invalid: number } {
  const found = { common: 0, rare: 0, invalid: 0 }
  // The sample's last character may be cut off.
  for (let at = 0; at < sample.length - 3; ) {
    const lead = sample[at] ?? 0
    const trail = sample[at + 1] ?? 0
    if (lead < 0x80) at += 1
    else if (lead === 0x80 || lead === 0xff || trail < 0x30 || trail === 0x7f || trail === 0xff) {
      found.invalid += 1
      at += 1
    } else if (trail < 0x40) {
      found.rare += 1
      at += 4
    } else {
      if (trail >= 0xa1 && lead >= 0xa1 && lead <= 0xf7) found.common += 1
      else found.rare += 1
      at += 2
    }
  }
  return found
}
