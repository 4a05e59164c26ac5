import { compileExpression, compileShort, directoryObject, ExpressionError, problemInWords } from '@guanxi/core/expression'
import type { ObjectView } from '../client/types.ts'
import type { RulesView } from './rules-view.ts'

/** Conditions and values in words. They come a moment later. */
export class RuleWords {
  readonly #view: RulesView
  readonly #said = new Map<string, string>()

  constructor(view: RulesView) {
    this.#view = view
  }

  /** A condition as a sentence; empty until it is there. */
  condition(object: ObjectView, logic: unknown, isOnSave = false): string {
    return this.#say(object, logic, true, isOnSave)
  }

  /** A value of an expression in words; empty until it is there. */
  value(object: ObjectView, logic: unknown, isOnSave = false): string {
    return this.#say(object, logic, false, isOnSave)
  }

  #say(object: ObjectView, logic: unknown, isCondition: boolean, isOnSave: boolean): string {
    const { host } = this.#view
    const key = `${host.language} ${object.name} ${isCondition} ${isOnSave} ${JSON.stringify(logic)}`
    const said = this.#said.get(key)
    if (said !== undefined) return said
    this.#said.set(key, '')
    void this.#describe(object, logic, isCondition, isOnSave).then((text) => {
      this.#said.set(key, text)
      host.requestUpdate()
    })
    return ''
  }

  async #describe(object: ObjectView, logic: unknown, isCondition: boolean, isOnSave: boolean): Promise<string> {
    const { host, objects, forms } = this.#view
    const source = {
      object,
      objects: (name: string) => directoryObject(name) ?? objects.get(name),
      forms,
      ...(isOnSave && { mode: 'memory' as const }),
    }
    try {
      const compiled = isCondition ? compileShort(logic, source) : compileExpression(logic, source)
      return await compiled.describe(host.language)
    } catch (error) {
      // A setting of a plugin, or a field that is gone: as much as can be said.
      return error instanceof ExpressionError ? problemInWords(error, host.language) : host.t('rules.diff.unknown')
    }
  }
}
