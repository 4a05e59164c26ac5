import type { Words } from '../locale/locale.ts'
import { type Sentence, sentenceOf } from '../sweep/because.ts'
import type { Acting } from './outcome.ts'

/** Words with the values of a rule in their places. */
export function filled(words: Words, { rule, facts }: Pick<Acting, 'rule' | 'facts'>, zone: string): Sentence {
  return sentenceOf({ sentence: words, facts: rule.facts }, facts, zone)
}

/** Why a rule acts, in both languages; null where its author gave no sentence. */
export function becauseOf(acting: Pick<Acting, 'rule' | 'facts'>, zone: string): Sentence | null {
  const { sentence } = acting.rule
  return sentence && filled(sentence, acting, zone)
}
