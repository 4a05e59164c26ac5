import { foldAccents, nameKey } from './fold.ts'
import { bracketedPlace } from './regions.ts'

/** Longest first: what ends a Chinese company's name and says only what kind of company it is. */
const chineseForm =
  /(?:股份有限责任公司|集团股份有限公司|集团有限公司|股份有限公司|有限责任公司|有限公司|股份公司|集团公司|总公司|公司|集团)$/u

const latinForms = new Set(
  'ltd limited inc incorporated llc llp lp plc co corp corporation company gmbh mbh ag kg ug se sa sas sarl srl spa bv nv oy oyj ab as aps pte pty kk sdn bhd group holding holdings'.split(
    ' ',
  ),
)

/** Is the word a legal form, in small letters? */
export const isLatinForm = (word: string): boolean => latinForms.has(word)

const otherThanWords = /[^\p{L}\p{N}]+/gu

/**
 * A company's name without what does not tell it apart: legal form, place in brackets, punctuation, spaces between Chinese. Two
 * spellings of one company have the same core; so may two companies, which is why it only ever suggests.
 */
export function nameCore(text: string): string {
  const key = foldAccents(nameKey(text))
    .replace(/(?<=\p{L})\.(?=\p{L}\.?)/gu, '')
    .replace(/['’]/gu, '')
  const words = splitWords(key.replace(bracketedPlace, ' '))
  return withoutForms(words) || withoutForms(splitWords(key)) || key
}

const splitWords = (text: string) => text.replace(otherThanWords, ' ').trim().split(' ')

function withoutForms(words: readonly string[]): string {
  return withoutChineseForms(joinChinese(withoutLatinForms(words).join(' ')))
}

/** The words without the legal forms at the end; never without any word. */
export function withoutLatinForms(words: readonly string[]): readonly string[] {
  let end = words.length
  while (end > 1 && isLatinForm(words[end - 1] ?? '')) end--
  return end === words.length ? words : words.slice(0, end)
}

/** Spaces mean something between Latin words only. */
const joinChinese = (text: string) => text.replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')

function withoutChineseForms(name: string): string {
  const shorter = name.replace(chineseForm, '').trim()
  return shorter === '' || shorter === name ? name : withoutChineseForms(shorter)
}
