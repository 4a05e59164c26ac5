import { crmError } from '@guanxi/core'

/** What JSON may cost. */
export interface JsonLimits {
  readonly depth: number
  /** Keys of all objects together. */
  readonly keys: number
}

/** Characters of a number; doubles print in 25. */
const numberLength = 40
const number = /[-+.\deE]+/y
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Reads JSON text once without building anything and throws at the first limit, repeated key or forbidden key. Grammar is left to
 * `JSON.parse`: what is not JSON fails there.
 */
export function scanJson(text: string, limits: JsonLimits): void {
  const scan = new JsonScan(text, limits)
  while (scan.at < text.length) scan.step()
}

/** Refuses keys that mean something to JavaScript. */
export function checkKey(key: string): void {
  if (forbiddenKeys.has(key)) throw crmError('JSON_KEY_FORBIDDEN', { key })
}

class JsonScan {
  at = 0
  readonly #text: string
  readonly #limits: JsonLimits
  /** Keys of each open object, null for an open list. */
  readonly #open: (Set<string> | null)[] = []
  #keys = 0
  #expectsKey = false

  constructor(text: string, limits: JsonLimits) {
    this.#text = text
    this.#limits = limits
  }

  step(): void {
    const character = this.#text[this.at] ?? ''
    if (character === '"') this.#string()
    else if (isNumeric(character)) this.#number()
    else this.#mark(character)
  }

  #mark(character: string): void {
    this.at += 1
    if (character === '{' || character === '[') this.#enter(character === '{')
    else if (character === '}' || character === ']') this.#open.pop()
    else if (character === ',') this.#expectsKey = this.#open.at(-1) instanceof Set
  }

  #enter(isObject: boolean): void {
    this.#open.push(isObject ? new Set() : null)
    if (this.#open.length > this.#limits.depth) throw crmError('JSON_TOO_DEEP', { limit: this.#limits.depth })
    this.#expectsKey = isObject
  }

  #string(): void {
    const start = this.at
    this.at = endOfString(this.#text, start)
    const holder = this.#open.at(-1)
    if (this.#expectsKey && holder) this.#key(holder, this.#text.slice(start, this.at))
    this.#expectsKey = false
  }

  #key(holder: Set<string>, literal: string): void {
    this.#keys += 1
    if (this.#keys > this.#limits.keys) throw crmError('JSON_TOO_MANY_KEYS', { limit: this.#limits.keys })
    const key = literal.includes('\\') ? unescaped(literal) : literal.slice(1, -1)
    checkKey(key)
    if (holder.has(key)) throw crmError('JSON_KEY_REPEATED', { key: key.slice(0, 100) })
    holder.add(key)
  }

  #number(): void {
    number.lastIndex = this.at
    const [literal = ''] = number.exec(this.#text) ?? []
    const fits = literal.length <= numberLength && Math.abs(Number(literal)) !== Number.POSITIVE_INFINITY
    if (!fits) throw crmError('JSON_NUMBER', { limit: numberLength })
    this.at += literal.length
  }
}

function isNumeric(character: string): boolean {
  return character === '-' || (character >= '0' && character <= '9')
}

/** A key may be spelled with escapes; what counts is the key. */
function unescaped(literal: string): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    throw crmError('JSON_INVALID')
  }
}

/** The place after the closing quote; the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1)
  while (quote > 0 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1)
  return quote < 0 ? text.length : quote + 1
}

function isEscaped(text: string, quote: number): boolean {
  let first = quote
  while (text[first - 1] === '\\') first -= 1
  return (quote - first) % 2 === 1
}
