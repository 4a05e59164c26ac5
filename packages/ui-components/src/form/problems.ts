import type { ClientError } from '../client/client-error.ts'

/** One line of the error summary. */
export interface FormProblem {
  /** Field it belongs to; null when it belongs to none that is shown. */
  readonly name: string | null
  readonly message: string
}

/** A JSON pointer as a field name: `/amount` → `amount`, `/custom/size` → `custom.size`, `/amount/minor` → `amount`. */
export function fieldOfPointer(pointer: string | null): string | null {
  const [, first, second] = pointer?.split('/') ?? []
  if (!first) return null
  return first === 'custom' && second ? `custom.${second}` : first
}

/** What the server objects to, by field where a field of the form is meant. */
export function serverProblems(error: ClientError, shown: ReadonlySet<string>): readonly FormProblem[] {
  const problems = error.issues.map((issue) => {
    const name = fieldOfPointer(issue.path)
    return { name: name && shown.has(name) ? name : null, message: [issue.message, issue.hint].filter(Boolean).join(' ') }
  })
  return problems.length > 0 ? problems : [{ name: null, message: [error.message, error.hint].filter(Boolean).join(' ') }]
}
