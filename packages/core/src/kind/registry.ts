import type { KindName } from '../object/schema.ts'
import { boolean } from './boolean.ts'
import { choice, multiChoice } from './choice.ts'
import { date } from './date.ts'
import { decimal } from './decimal.ts'
import { email } from './email.ts'
import { file } from './file.ts'
import { instant } from './instant.ts'
import type { FieldKind } from './kind.ts'
import { children, links } from './links.ts'
import { money } from './money.ts'
import { integer, number } from './number.ts'
import { phone } from './phone.ts'
import { anyReference, reference } from './reference.ts'
import { longText, text } from './text.ts'
import { url } from './url.ts'
import { user } from './user.ts'

/** The closed list of kinds. */
const registry: Readonly<Record<KindName, FieldKind>> = {
  text,
  longText,
  integer,
  number,
  decimal,
  money,
  boolean,
  date,
  instant,
  choice,
  multiChoice,
  phone,
  email,
  url,
  reference,
  anyReference,
  links,
  children,
  user,
  file,
}

/** Names of all kinds. */
export const kindNames = Object.keys(registry) as readonly KindName[]

/** The kind of a name. */
export function kindOf(name: KindName): FieldKind {
  return registry[name]
}

/** Is it the name of a kind? For names that come from outside. */
export function isKindName(name: unknown): name is KindName {
  return typeof name === 'string' && Object.hasOwn(registry, name)
}
