import type { Session } from '../client/session.ts'
import type { FieldView, ObjectView } from '../client/types.ts'
import type { FormLogic } from './logic.ts'

const isLiving = ({ formula, when, defaultLogic }: FieldView) => formula || when || (defaultLogic ?? null) !== null

/** The expressions of an object, with the engine that runs them; null where it has none, and nothing is loaded. */
export async function livingLogic(session: Session, object: ObjectView): Promise<FormLogic | null> {
  return object.fields.some(isLiving) ? (await import('./logic.ts')).formLogic(session, object) : null
}
