import { pinyin } from 'pinyin-pro'

/** A part of a text and how it is read: one Chinese character as pinyin without tone, or a run of anything else as it is. */
export interface Reading {
  readonly text: string
  readonly isChinese: boolean
}

const mostKept = 2_048
const keptWords = new Map<string, readonly Reading[]>()
const keptPersons = new Map<string, readonly Reading[]>()

const runs = /\p{Script=Han}+|\P{Script=Han}+/gu
const chinese = /^\p{Script=Han}/u

/** Two or three Chinese characters may be a person, whose first character is then read as a surname: 单 is shan, not dan. */
const personName = /^\p{Script=Han}{2,3}$/u

/** The readings of a text. */
export function readingsOf(text: string): readonly Reading[] {
  if (!/\p{Script=Han}/u.test(text)) return text === '' ? [] : [{ text, isChinese: false }]
  const isPerson = personName.test(text)
  return (text.match(runs) ?? []).flatMap((run) => (chinese.test(run) ? read(run, isPerson) : [{ text: run, isChinese: false }]))
}

/** The readings of a short name as words rather than as a person's name; null when they are the same. */
export function otherReadingsOf(text: string): readonly Reading[] | null {
  if (!personName.test(text)) return null
  const words = read(text, false)
  const person = readingsOf(text)
  return words.some((reading, index) => reading.text !== person[index]?.text) ? words : null
}

/** The last few thousand are kept: sorting and searching ask for the same run one after the other, and many records share theirs. */
function read(run: string, isPerson: boolean): readonly Reading[] {
  const kept = isPerson ? keptPersons : keptWords
  const known = kept.get(run)
  if (known) return known
  const made = readAnew(run, isPerson)
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '')
  kept.set(run, made)
  return made
}

function readAnew(run: string, isPerson: boolean): Reading[] {
  const readings = pinyin(run, { toneType: 'none', type: 'array', v: true, surname: isPerson ? 'head' : 'off' })
  return [...run].map((character, index) => {
    const reading = readings[index] ?? character
    return { text: reading, isChinese: reading !== character }
  })
}
