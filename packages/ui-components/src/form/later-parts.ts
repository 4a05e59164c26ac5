import type { FieldView, ObjectView } from '../client/types.ts'
import { useTyping } from '../field/later.ts'
import type { FieldChecks } from './field-checks.ts'
import type { CrmForm } from './form.ts'
import { isIdentifying } from './identifying.ts'
import type { Saver } from './saver.ts'

const loads = {
  answers: () => import('./answers.ts'),
  checks: () => import('./field-checks.ts'),
}

/** What a form does once somebody works in it. Each part is loaded with the first use of it, and is null until then. */
export class LaterParts {
  checks: FieldChecks | null = null
  answers: typeof import('./answers.ts') | null = null
  #saver: Saver | null = null
  readonly #form: CrmForm

  constructor(form: CrmForm) {
    this.#form = form
  }

  /** Loads what saving takes, while nothing else is to be done. */
  preload(): void {
    this.#form.whenIdle(loads.answers, loads.checks)
  }

  /** Uses what saves, settles and asks back. */
  async answer(use: (saver: Saver, answers: typeof import('./answers.ts')) => unknown = () => undefined): Promise<void> {
    const form = this.#form
    await form.later(loads.answers, (answers) => {
      this.answers = answers
      useTyping(answers.typing)
      form.addStyles(...answers.styles)
      this.#saver ??= new answers.Saver(form, form.editing)
      return use(this.#saver, answers)
    })
  }

  /** Has a value checked while somebody types. */
  check(object: ObjectView, field: FieldView, value: unknown): void {
    const form = this.#form
    if (!form.checks[field.name] && !isIdentifying(field)) return
    void form.later(loads.checks, ({ FieldChecks }) => {
      this.checks ??= new FieldChecks(form)
      this.checks.changed(object, field, value)
    })
  }
}
