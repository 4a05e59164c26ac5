const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** A longer record is looked at by the parser, which counts. */
const longestPlain = 64 * 1024

/** Where the text of a record ends before the record does, and where something is not plain. */
const unfinished = -1
const odd = -2

/**
 * Takes the records off a text as long as they are plain: a cell is text without quotes, or all of it stands in quotes. Nearly every
 * file is nothing else, and this costs a fifth of what a parser for all cases does. From the first record on that is not plain, the text
 * is left alone.
 */
export class PlainRecords {
  readonly #delimiter: number
  readonly #longest: number
  #rest = ''
  #isPlain: boolean

  /** `mostCharacters` a record may have. */
  constructor(delimiter: string, mostCharacters: number) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#isPlain = delimiter.length === 1
    this.#longest = Math.min(longestPlain, mostCharacters)
  }

  /** False from the first record on that is not plain. */
  get isPlain(): boolean {
    return this.#isPlain
  }

  /** Text that was not taken. */
  get rest(): string {
    return this.#rest
  }

  /** Records of what was left and what comes now. One is complete when something follows it: a line break may have a second character. */
  take(more: string): string[][] {
    return this.#take(this.#rest + more, (end, length) => end < length)
  }

  /** What is left when nothing comes any more; the last record needs no line break. */
  end(): string[][] {
    const { rest } = this
    if (rest === '') return []
    const found = this.#take(/[\r\n]$/.test(rest) ? rest : `${rest}\n`, () => true)
    if (this.#rest !== '') this.#rest = rest
    return found
  }

  #take(text: string, isComplete: (end: number, length: number) => boolean): string[][] {
    const found: string[][] = []
    let start = 0
    while (this.#isPlain && start < text.length) {
      const cells: string[] = []
      const end = this.#read(text, start, cells)
      const size = (end < 0 ? text.length : end) - start
      if (end === odd || size > this.#longest) this.#isPlain = false
      else if (end === unfinished || !isComplete(end, text.length)) break
      else {
        found.push(cells)
        start = end
      }
    }
    this.#rest = text.slice(start)
    return found
  }

  /** Puts the cells of the record at `start` into `cells`, and says where the next one starts. */
  #read(text: string, start: number, cells: string[]): number {
    for (let at = start; ; at++) {
      at = text.charCodeAt(at) === quote ? quoted(text, at, cells) : this.#bare(text, at, cells)
      if (at < 0) return at
      if (at >= text.length) return unfinished
      const code = text.charCodeAt(at)
      if (code === this.#delimiter) continue
      if (code === lineFeed) return at + 1
      // Something behind the closing quote.
      if (code !== carriageReturn) return odd
      return text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1
    }
  }

  /** A cell without quotes; says where it ends. */
  #bare(text: string, start: number, cells: string[]): number {
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === quote) return odd
      if (code !== this.#delimiter && code !== lineFeed && code !== carriageReturn) continue
      cells.push(text.slice(start, at))
      return at
    }
    return unfinished
  }
}

/** A cell in quotes, whose own are doubled; says where it ends. */
function quoted(text: string, start: number, cells: string[]): number {
  let value = ''
  for (let from = start + 1; ; ) {
    const at = text.indexOf('"', from)
    // A quote at the very end may be the first of two.
    if (at < 0 || at + 1 === text.length) return unfinished
    if (text.charCodeAt(at + 1) !== quote) {
      cells.push(value + text.slice(from, at))
      return at + 1
    }
    value += text.slice(from, at + 1)
    from = at + 2
  }
}
