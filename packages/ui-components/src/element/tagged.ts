import { html, type TemplateResult } from 'lit'

const made = new Map<string, TemplateStringsArray>()

/** A template whose tag is known only now: `$` stands for it in the texts, which are the same at every call of one place. */
export function tagged(tag: string, texts: readonly string[], ...values: readonly unknown[]): TemplateResult {
  const key = tag + texts[0]
  let strings = made.get(key)
  if (!strings) {
    const whole = texts.map((text) => text.replaceAll('$', tag))
    strings = Object.assign(whole, { raw: whole })
    made.set(key, strings)
  }
  return html(strings, ...values)
}
