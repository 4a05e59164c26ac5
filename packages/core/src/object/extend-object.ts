import { refuse } from './define-object.ts'
import type { ObjectHandle } from './handle.ts'
import type { Infer } from './infer.ts'
import { propertiesProblems } from './property-problems.ts'
import type { ObjectOptions, PropertySchema } from './schema.ts'

/** What an extension may add besides properties; lists are added to the object's own. */
export interface ExtensionOptions<Name extends string = string>
  extends Pick<ObjectOptions, 'indexes' | 'boards' | 'columns' | 'sections' | 'validations'> {
  /** Added properties that must have a value. */
  readonly required?: readonly Name[]
}

/** The record type of a handle with properties added. */
export type Extended<T, P extends Readonly<Record<string, PropertySchema>>, R extends string> = T &
  Infer<{ readonly type: 'object'; readonly required: readonly R[]; readonly properties: P }>

/**
 * Adds fields to somebody else's object. The result is a new handle: only code that imports it sees the added fields, the
 * object's own handle stays as it was.
 */
export function extendObject<
  T extends object,
  const P extends Readonly<Record<string, PropertySchema>>,
  const R extends keyof P & string = never,
>(base: ObjectHandle<T>, properties: P, options: ExtensionOptions<R> = {}): ObjectHandle<Extended<T, P, R>> {
  const { required = [], ...rest } = options
  refuse(base.name, propertiesProblems(properties, required))
  const handle: ObjectHandle<Extended<T, P, R>> = {
    name: base.name,
    schema: { type: 'object', required, properties },
    options: rest,
    extends: true,
  }
  return Object.freeze(handle)
}
