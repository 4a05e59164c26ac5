import { compileExpression, ExpressionError, problemInWords } from '@guanxi/core/expression'
import type { CrmFilter } from './filter.ts'
import type { Source } from './model/fields.ts'

/** Parts that the builder has no controls for, in words of the expression itself. They come a moment later. */
export class KeptWords {
  readonly #host: CrmFilter
  readonly #said = new Map<string, string | null>()

  constructor(host: CrmFilter) {
    this.#host = host
  }

  sayLogic(source: Source, logic: unknown): string {
    const key = `${this.#host.language} ${source.object.name} ${JSON.stringify(logic)}`
    if (!this.#said.has(key)) {
      this.#said.set(key, null)
      void this.#describe(key, source, logic)
    }
    return this.#said.get(key) ?? this.#host.t('cond.kept.reading')
  }

  async #describe(key: string, source: Source, logic: unknown): Promise<void> {
    this.#said.set(key, await this.#wordsOf(source, logic))
    this.#host.requestUpdate()
  }

  async #wordsOf(source: Source, logic: unknown): Promise<string> {
    const { language } = this.#host
    try {
      return await compileExpression(logic, { ...source, expect: 'condition' }).describe(language)
    } catch (error) {
      const why = error instanceof ExpressionError ? problemInWords(error, language) : ''
      return [this.#host.t('cond.kept.broken'), why].filter(Boolean).join(this.#host.t('colon'))
    }
  }
}
